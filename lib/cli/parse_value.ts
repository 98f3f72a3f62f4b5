import { escapeControls } from "../images/mod.ts";
import { expected, type Flag, kebab } from "./flag.ts";

/**
 * The value of a flag from text.
 *
 * @throws {RangeError} If the flag does not take it.
 */
export function parseValue(text: string, { name, flag }: { name: string; flag: Flag }): unknown {
  const value = valueOf(text, flag);
  if (value !== undefined) return value;
  throw new RangeError(`--${kebab(name)} takes ${expected(flag)}, not "${escapeControls(text)}"`);
}

/** The value, or `undefined` where the flag does not take the text. */
function valueOf(text: string, flag: Flag): unknown {
  if ("orNone" in flag && flag.orNone && text === "none") return null;
  switch (flag.kind) {
    case "switch":
      return undefined;
    case "choice":
      return flag.choices.find((choice) => choice === text);
    case "integer":
      return integer(text, flag);
    case "number":
      return number(text, flag);
    case "numbers": {
      const values = text.split(",").map((part) => number(part, flag));
      return values.length === flag.count && !values.includes(undefined) ? values : undefined;
    }
    case "list": {
      const values = text.split(",").map((part) => (flag.whole ? integer : number)(part, flag));
      return values.includes(undefined) ? undefined : values;
    }
    case "span":
      if (!text.endsWith("%")) return number(text, { min: 0, max: 1e6 });
      return number(text.slice(0, -1), { min: 0, max: 100 }) === undefined ? undefined : text;
    case "text":
      return text === "" ? undefined : text;
  }
}

function integer(text: string, range: Range): number | undefined {
  const value = number(text, range);
  return Number.isInteger(value) ? value : undefined;
}

function number(text: string, { min, max }: Range): number | undefined {
  const value = text.trim() === "" ? NaN : Number(text);
  return value >= min && value <= max ? value : undefined;
}

type Range = { min: number; max: number };
