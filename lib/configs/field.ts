/**
 * What a field may hold, and what it means: enough to read it from text and to refuse what makes no
 * sense.
 */
export type Field =
  & { about: string }
  & (
    | { kind: "integer" | "number"; min: number; max: number; orNone?: boolean }
    | { kind: "numbers"; count: number; min: number; max: number }
    | { kind: "list"; whole?: boolean; min: number; max: number }
    | { kind: "span"; orNone?: boolean }
    | { kind: "switch" }
    | { kind: "choice"; choices: readonly string[] }
    | { kind: "fixed" }
  );

/**
 * A field for every value of a configuration, or of a part of one, in the order in which `--help`
 * shows them.
 */
export type Fields<C> = { readonly [name in keyof Required<C>]: Field };

/** A whole number. */
export function integer(min: number, max: number, about: string): Field {
  return { kind: "integer", min, max, about };
}

/** A number. */
export function number(min: number, max: number, about: string): Field {
  return { kind: "number", min, max, about };
}

/** A number from 0 to 1. */
export function share(about: string): Field {
  return number(0, 1, about);
}

/** So many numbers, separated by commas. */
export function numbers(count: number, [min, max]: [number, number], about: string): Field {
  return { kind: "numbers", count, min, max, about };
}

/** Numbers, as many as one likes but one at least, separated by commas. */
export function list(min: number, max: number, about: string): Field {
  return { kind: "list", min, max, about };
}

/** Whole numbers, as many as one likes but one at least, separated by commas. */
export function integers(min: number, max: number, about: string): Field {
  return { kind: "list", whole: true, min, max, about };
}

/** A length of training: epochs, or a percentage of the run. */
export function span(about: string): Field {
  return { kind: "span", about };
}

/** Yes or no. */
export function flag(about: string): Field {
  return { kind: "switch", about };
}

/** One of some words. */
export function choice(choices: readonly string[], about: string): Field {
  return { kind: "choice", choices, about };
}

/** The same field, which may also hold nothing. */
export function orNone(field: Field): Field {
  return { ...field, orNone: true } as Field;
}
