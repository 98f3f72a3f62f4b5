import { fits, type OptionField, takes } from "../configs/mod.ts";

/** What an argument or an option must be. */
export type Kind = {
  /** What it is, in words that say where to get it. */
  is: string;
  /** What a value is instead, in words; `null` if it is of the kind. */
  fault(value: unknown): string | null;
};

/** The JavaScript type of a property: NaN is no number here, and a list may be typed. */
export type Type = "number" | "text" | "list" | "object" | "function" | "switch";

/** A kind that a test decides. */
export function kind(is: string, isOne: (value: unknown) => boolean): Kind {
  return { is, fault: (value) => isOne(value) ? null : written(value) };
}

/** A kind of plain values. */
export function plain(type: Type, is: string): Kind {
  return kind(is, (value) => isOf(value, type));
}

/** An object that is known by its properties. */
export function thing(is: string, has: Readonly<Record<string, Type>> = {}): Kind {
  return {
    is,
    fault(value) {
      if (!isOf(value, "object")) return written(value);
      const record = value as Readonly<Record<string, unknown>>;
      const lack = Object.keys(has).find((name) => !isOf(record[name], has[name]!));
      if (lack === undefined) return null;
      return record[lack] === undefined
        ? `an object without \`${lack}\``
        : `an object whose \`${lack}\` is ${written(record[lack])}`;
    },
  };
}

/** A list whose elements are of a kind; the first one stands for all. */
export function listOf(element: Kind, is: string): Kind {
  return {
    is,
    fault(value) {
      if (!isOf(value, "list")) return written(value);
      const [first] = value as readonly unknown[];
      const fault = (value as readonly unknown[]).length > 0 ? element.fault(first) : null;
      return fault && `a list that begins with ${fault}`;
    },
  };
}

/** One kind or another. */
export function either(one: Kind, other: Kind): Kind {
  return {
    is: `${one.is}, or ${other.is}`,
    fault: (value) => one.fault(value) && other.fault(value),
  };
}

/** What a field of a configuration or a request takes. */
export function field(field: OptionField): Kind {
  return kind(takes(field), (value) => fits(value, field));
}

/** A whole number. */
export function integer(min: number, max = Infinity): Kind {
  return field({ kind: "integer", min, max, about: "" });
}

/** A number. */
export function number(min = -Infinity, max = Infinity): Kind {
  return field({ kind: "number", min, max, about: "" });
}

/** One of some words. */
export function choice(...choices: string[]): Kind {
  return field({ kind: "choice", choices, about: "" });
}

/** A value in a few words. */
export function written(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(shortened(value));
  if (typeof value === "function") return "a function";
  if (isOf(value, "list")) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}

function isOf(value: unknown, type: Type): boolean {
  switch (type) {
    case "number":
      return typeof value === "number" && !Number.isNaN(value);
    case "text":
      return typeof value === "string";
    case "switch":
      return typeof value === "boolean";
    case "list":
      return Array.isArray(value) || ArrayBuffer.isView(value);
    case "object":
      return typeof value === "object" && value !== null && !isOf(value, "list");
    case "function":
      return typeof value === "function";
  }
}
