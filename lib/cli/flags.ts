import { parseArgs } from "node:util";
import type { Field } from "../configs/mod.ts";
import { suggest } from "./suggest.ts";

/** A flag of the command line: a field of the configuration, or a text such as a path. */
export type Flag = Field | { kind: "text"; about: string; placeholder: string };

/** Flags by their name without dashes, in kebab-case. */
export type Flags = Readonly<Record<string, Flag>>;

/** What was given: values by flag, and the words that belong to no flag. */
export type Given = { values: Record<string, unknown>; words: string[] };

/**
 * Reads a command line. A switch is `--name` or `--no-name`; all others take a value, `--name value` or `--name=value`.
 * The last of several equal flags counts.
 *
 * @throws {TypeError} On an unknown flag or a missing value.
 * @throws {RangeError} On a value that the flag does not take.
 */
export function parse(args: readonly string[], flags: Flags): Given {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { kind }]) => {
      return [name, { type: kind === "switch" ? "boolean" as const : "string" as const }];
    }),
  );
  for (const [name, flag] of Object.entries(short)) {
    if (flag in options) options[name] = options[flag];
  }
  const given: Given = { values: {}, words: [] };
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  for (const token of tokens ?? []) {
    if (token.kind === "positional") given.words.push(token.value);
    if (token.kind !== "option") continue;
    const [name, flag, negated] = find(token.name, token.rawName, flags);
    if (flag.kind === "switch") {
      const value = token.value ?? "true";
      if (value !== "true" && value !== "false") {
        throw new RangeError(`--${name} is either there or not; it takes no value, not "${value}"`);
      }
      given.values[name] = (value === "true") !== negated;
    } else if (token.value === undefined || token.value.startsWith("--")) {
      throw new TypeError(`--${name} needs a value: ${expected(flag)}`);
    } else {
      given.values[name] = read(name, flag, token.value);
    }
  }
  return given;
}

/**
 * Refuses words that belong to no flag.
 *
 * @param task Its name, for the message.
 * @throws {TypeError} If there are some.
 */
export function flagsOnly(task: string, words: readonly string[]): void {
  if (words.length === 0) return;
  throw new TypeError(`${task} takes flags only, not "${words.join(" ")}"; --help lists them`);
}

/** Shorter names of flags. */
const short: Readonly<Record<string, string>> = { batch: "batch-size" };

function find(name: string, raw: string, flags: Flags): [name: string, flag: Flag, no: boolean] {
  if (short[name] in flags) return [short[name], flags[short[name]], false];
  if (Object.hasOwn(flags, name)) return [name, flags[name], false];
  const positive = name.replace(/^no-/, "");
  if (positive !== name && flags[positive]?.kind === "switch") {
    return [positive, flags[positive], true];
  }
  const like = suggest(name, Object.keys(flags));
  throw new TypeError(
    `There is no flag ${raw}` + (like ? `; did you mean --${like}?` : "; --help lists them"),
  );
}

/**
 * A flag's value from text.
 *
 * @throws {RangeError} If the flag does not take it.
 */
export function read(name: string, flag: Flag, text: string): unknown {
  const refuse = () => new RangeError(`--${name} takes ${expected(flag)}, not "${text}"`);
  switch (flag.kind) {
    case "choice":
      if (!flag.choices.includes(text)) throw refuse();
      return text;
    case "integer":
    case "number": {
      if (flag.orNone && text === "none") return null;
      const value = number(text);
      if (!within(value, flag) || (flag.kind === "integer" && !Number.isInteger(value))) {
        throw refuse();
      }
      return value;
    }
    case "numbers": {
      const values = text.split(",").map(number);
      if (values.length !== flag.count || !values.every((v) => within(v, flag))) throw refuse();
      return values;
    }
    case "span": {
      if (flag.orNone && text === "none") return null;
      const value = number(text.replace(/%$/, ""));
      if (!within(value, { min: 0, max: text.endsWith("%") ? 100 : 1e6 })) throw refuse();
      return text.endsWith("%") ? text : value;
    }
    default:
      if (text === "") throw refuse();
      return text;
  }
}

/** What a flag takes, in words. */
export function expected(flag: Flag): string {
  switch (flag.kind) {
    case "choice":
      return flag.choices.length > 1 ? `one of ${flag.choices.join(", ")}` : flag.choices[0];
    case "integer":
      return `an integer from ${flag.min} to ${flag.max}` + (flag.orNone ? " or none" : "");
    case "number":
      return `a number from ${flag.min} to ${flag.max}` + (flag.orNone ? " or none" : "");
    case "numbers":
      return `${flag.count} numbers from ${flag.min} to ${flag.max} joined by commas`;
    case "span":
      return "epochs, or percent of the run such as 10%" + (flag.orNone ? ", or none" : "");
    case "text":
      return flag.placeholder;
    default:
      return "nothing";
  }
}

const number = (text: string) => text.trim() === "" ? NaN : Number(text);
const within = (value: number, { min, max }: { min: number; max: number }) =>
  value >= min && value <= max;
