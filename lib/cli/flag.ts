import { takes } from "../configs/mod.ts";

/** What a flag takes. */
type Kind =
  | { kind: "switch"; default?: boolean }
  | {
    kind: "integer" | "number";
    min: number;
    max: number;
    orNone?: boolean;
    default?: number | null;
  }
  | { kind: "numbers"; count: number; min: number; max: number; default?: readonly number[] }
  | { kind: "list"; whole?: boolean; min: number; max: number; default?: readonly number[] }
  | { kind: "span"; orNone?: boolean; default?: number | string | null }
  | { kind: "choice"; choices: readonly string[]; default?: string }
  | { kind: "text"; placeholder: string; default?: string };

/**
 * A flag of the command line, as data: what it takes, what it means, and its default. A flag
 * without a default may be left out, and `otherwise` says in words what holds then.
 */
export type Flag = Kind & { about: string; otherwise?: string };

/** Flags by name, in camel case: `saveEvery` is `--save-every` on the command line. */
export type Flags = Readonly<Record<string, Flag>>;

/** The type of a flag's values. */
export type FlagValue<F extends Flag> =
  | (F extends { kind: "switch" } ? boolean
    : F extends { kind: "integer" | "number" } ? number
    : F extends { kind: "numbers" | "list" } ? number[]
    : F extends { kind: "span" } ? number | `${number}%`
    : F extends { kind: "choice"; choices: readonly (infer Choice)[] } ? Choice
    : string)
  | (F extends { orNone: true } ? null : never);

/** The values of flags by name: a flag without a default may be `undefined`. */
export type Values<F extends Flags> = {
  [Name in keyof F]: F[Name] extends { default: unknown } ? FlagValue<F[Name]>
    : FlagValue<F[Name]> | undefined;
};

/** The values of those flags that have a default. */
export function defaults<F extends Flags>(flags: F): Values<F> {
  const entries = Object.entries(flags).map(([name, flag]) => [name, flag.default]);
  return Object.fromEntries(entries) as Values<F>;
}

/** A name as it is written on the command line: `batchSize` as `batch-size`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What a flag takes, in words. */
export function expected(flag: Flag): string {
  if (flag.kind === "text") return flag.placeholder;
  return flag.kind === "switch" ? "nothing" : takes(flag);
}

/** A value as it is written on the command line. */
export function formatValue(value: unknown): string {
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "object" && !Array.isArray(value)) return JSON.stringify(value);
  return String(value);
}
