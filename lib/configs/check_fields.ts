import type { Config } from "./config.ts";
import type { Field } from "./field.ts";
import type { Recipe } from "./recipe.ts";
import { suggest } from "./suggest.ts";

/** A field, or a text of which `about` says in lower case what it is: `a path`. */
export type OptionField = Field | { kind: "text"; about: string };

/** What a field takes, in words. */
export function takes(field: OptionField): string {
  switch (field.kind) {
    case "text":
      return field.about;
    case "choice":
      return field.choices.length === 1
        ? `${field.choices[0]}`
        : `one of ${field.choices.join(", ")}`;
    case "integer":
      return `an integer${range(field)}` + (field.orNone ? " or none" : "");
    case "number":
      return `a number${range(field)}` + (field.orNone ? " or none" : "");
    case "numbers":
      return `${field.count} numbers from ${field.min} to ${field.max} joined by commas`;
    case "list":
      return `${
        field.whole ? "integers" : "numbers"
      } from ${field.min} to ${field.max} joined by commas`;
    case "span":
      return "epochs, or percent of the run such as 10%" + (field.orNone ? ", or none" : "");
    case "switch":
      return "true or false";
    case "fixed":
      return "nothing but what its preset says";
  }
}

/** Bounds in words, of which each may be infinite. */
function range({ min, max }: { min: number; max: number }): string {
  return (Number.isFinite(min) ? ` from ${min}` : "") + (Number.isFinite(max) ? ` to ${max}` : "");
}

/** Whether a field takes a value. */
export function fits(value: unknown, field: OptionField): boolean {
  if ("orNone" in field && field.orNone && value === null) return true;
  switch (field.kind) {
    case "text":
      return typeof value === "string" && value !== "";
    case "switch":
      return typeof value === "boolean";
    case "choice":
      return field.choices.some((choice) => choice === value);
    case "integer":
      return Number.isInteger(value) && within(value, field);
    case "number":
      return within(value, field);
    case "numbers":
      return Array.isArray(value) && value.length === field.count &&
        value.every((part) => within(part, field));
    case "list":
      return Array.isArray(value) && value.length > 0 &&
        value.every((part) => within(part, field) && (!field.whole || Number.isInteger(part)));
    case "span":
      return within(value, { min: 0, max: 1e6 }) ||
        (typeof value === "string" && /^\d+(\.\d+)?%$/.test(value) && parseFloat(value) <= 100);
    case "fixed":
      return false;
  }
}

function within(value: unknown, { min, max }: { min: number; max: number }): boolean {
  return typeof value === "number" && value >= min && value <= max;
}

/**
 * Refuses options that there are not, and values that they do not take. An option that is
 * `undefined` is left open.
 *
 * @param fields What each option takes; `null` where that is checked elsewhere.
 * @throws {TypeError} If there is no such option: its name, and the one that was probably meant.
 * @throws {RangeError} If an option does not take its value.
 */
export function checkOptions(
  options: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, OptionField | null>>,
): void {
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(fields, name)) throw unknownOption(name, Object.keys(fields));
    const field = fields[name];
    if (field) checkValue(name, value, field);
  }
}

/**
 * Refuses a value that a field does not take; one that is `undefined` is left open.
 *
 * @throws {RangeError} If it does not: the field, and what it takes.
 */
export function checkValue(name: string, value: unknown, field: OptionField): void {
  if (value === undefined || fits(value, field)) return;
  throw new RangeError(`\`${name}\` takes ${takes(field)}, not ${written(value)}`);
}

function unknownOption(name: string, names: readonly string[]): TypeError {
  const likely = suggest(name, names);
  return new TypeError(
    `There is no option \`${name}\`; ` +
      (likely ? `did you mean \`${likely}\`?` : `there are ${names.join(", ")}`),
  );
}

/** A value as messages write it. */
function written(value: unknown): string {
  if (typeof value === "number" || value === null) return String(value);
  return JSON.stringify(value) ?? String(value);
}

/**
 * Refuses fields that a method's configurations do not have, and values that they do not take. What
 * a method has fixed may be repeated as a preset has it.
 *
 * @throws {TypeError} If there is no such field.
 * @throws {RangeError} If a field does not take its value.
 */
export function checkFields(
  { fields, presets }: Pick<Recipe, "fields" | "presets">,
  values: Partial<Config>,
): void {
  const stored: Record<string, unknown>[] = Object.values(presets);
  const repeats = (name: string, value: unknown) =>
    stored.some((preset) => JSON.stringify(preset[name]) === JSON.stringify(value));
  const changes = Object.entries(values).filter(([name, value]) =>
    isLookedAt(name, values) &&
    ((fields as Record<string, Field>)[name]?.kind !== "fixed" || !repeats(name, value))
  );
  checkOptions(Object.fromEntries(changes), fields);
}

/**
 * Refuses values of a configuration that its fields do not take; what is fixed is not looked at.
 *
 * @throws {RangeError} If a field does not take its value.
 */
export function checkValues({ fields }: Pick<Recipe, "fields">, config: Config): void {
  const values: Record<string, unknown> = config;
  for (const [name, field] of Object.entries<Field>(fields)) {
    if (field.kind !== "fixed" && isLookedAt(name, config)) checkValue(name, values[name], field);
  }
}

/** Epochs mean nothing where there are steps in their stead. */
function isLookedAt(name: string, { steps = null }: Partial<Config>): boolean {
  return name !== "epochs" || steps === null;
}
