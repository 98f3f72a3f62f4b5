import { type Config, defaultMethod, fieldsOf, presetsOf, recipes } from "../configs/mod.ts";
import { type Flag, type Flags, kebab } from "./flag.ts";

/**
 * What a command line says of a configuration: method and preset, and the fields that differ from
 * it.
 */
export type RecipeFlags = {
  method: string | undefined;
  preset: string | undefined;
  overrides: Partial<Config>;
};

/**
 * Every field of a method's configurations as a flag; two of them choose the method and the preset.
 */
export function recipeFlags(method: string): Flags {
  const choices: Record<string, string[]> = {
    method: Object.keys(recipes),
    preset: Object.keys(presetsOf(method)),
  };
  const entries = Object.entries(fieldsOf(method)).flatMap(([name, field]): [string, Flag][] => {
    if (field.kind !== "fixed") return [[name, field]];
    const names = choices[name];
    return names ? [[name, { kind: "choice", choices: names, about: field.about }]] : [];
  });
  return Object.fromEntries(entries);
}

/** What the flags of a configuration say, of all values and the names of those that were given. */
export function requestOf(
  flags: Flags,
  values: Readonly<Record<string, unknown>>,
  named: ReadonlySet<string>,
): RecipeFlags {
  const names = Object.keys(flags).filter((name) => named.has(name));
  const { method, preset, ...overrides }: Record<string, unknown> = Object.fromEntries(
    names.map((name) => [name, values[name]]),
  );
  return {
    method: method === undefined ? undefined : String(method),
    preset: preset === undefined ? undefined : String(preset),
    overrides,
  };
}

/** The method that a command line names, before it is checked; the default where it names none. */
export function methodIn(args: readonly string[]): string {
  const name = lastValue(args, "method");
  return name !== undefined && Object.hasOwn(recipes, name) ? name : defaultMethod;
}

/** The values of the preset that a command line names, or of the method's first one. */
export function presetIn(
  args: readonly string[],
): { name: string; values: Readonly<Record<string, unknown>> } {
  const presets = presetsOf(methodIn(args));
  const [first = ""] = Object.keys(presets);
  const named = lastValue(args, "preset") ?? first;
  const name = Object.hasOwn(presets, named) ? named : first;
  return { name, values: { ...presets[name] } };
}

/** The last value that a command line gives a flag, before it is checked. */
export function lastValue(args: readonly string[], name: string): string | undefined {
  const flag = `--${kebab(name)}`;
  const values = args.flatMap((word, i) =>
    word === flag ? [args[i + 1]] : word.startsWith(`${flag}=`) ? [word.slice(flag.length + 1)] : []
  );
  return values.at(-1);
}
