import { recipeOf } from "../configs/mod.ts";
import { exitCodes } from "./exit_codes.ts";
import { type Flag, type Flags, formatValue, kebab } from "./flag.ts";
import { methodIn, presetIn, recipeFlags } from "./recipe_flags.ts";

/** What a task's help says. */
export type Manual<F extends Flags = Flags> = {
  /** The name of the task, as `deno task` knows it. */
  name: string;
  /** What follows the name, for instance `--data DIR [--json]`. */
  usage: string;
  about: string;
  /** What the first word may be, each with what it means. */
  words?: { title: string; abouts: Readonly<Record<string, string>> };
  flags: F;
  /** Whether the fields of the configuration are flags, too. */
  recipe?: boolean;
  /** How it can end beside well; by default it fails, or makes no sense. */
  endings?: readonly (keyof typeof exitCodes)[];
};

/** Columns of a terminal. */
const columns = 80;

/**
 * The text of `--help`: the task's own flags with their defaults, then those of the configuration
 * with the values of a preset.
 *
 * @param args The command line, which may name the preset.
 */
export function help(
  { name, usage, about, words, flags, recipe = false, endings = ["failed", "misused"] }: Manual,
  args: readonly string[] = [],
): string {
  const parts = [
    hanging(`Usage: deno task ${name} ${grouped(usage)}`.trimEnd(), 2),
    hanging(about, 0),
  ];
  if (words) parts.push(section(words.title, Object.entries(words.abouts)));
  const options = Object.entries(flags).map(([name, flag]) => row(name, flag));
  if (options.length > 0) parts.push(section("Options", options));
  if (recipe) {
    const method = methodIn(args);
    const preset = presetIn(args);
    const rows = Object.entries(recipeFlags(method)).map(([name, flag]) =>
      row(name, { ...flag, default: preset.values[name] } as Flag, { negatable: true })
    );
    const title = `Configuration of ${recipeOf(method).title}, with the values of ${preset.name}`;
    parts.push(section(title, rows));
  }
  const codes = endings.map((ending): Row => {
    const { code, about } = exitCodes[ending];
    return [`${code}`, about];
  });
  parts.push(section("Exit codes", [["0", "the task is done"], ...codes]));
  return parts.join("\n\n") + "\n";
}

/** What stands on the left, and what it means. */
type Row = [left: string, right: string];

/**
 * A flag as a row. A switch that is off unless it is given has no other form; all others can be
 * negated, and their values are said.
 */
function row(name: string, flag: Flag, { negatable = flag.default !== false } = {}): Row {
  const { about, otherwise = defaultOf(flag, negatable) } = flag;
  const dashes = flag.kind === "switch" && negatable ? "--[no-]" : "--";
  return [
    `${dashes}${kebab(name)} ${placeholder(flag)}`.trimEnd(),
    about + range(flag) + (otherwise === undefined ? "" : ` [${otherwise}]`),
  ];
}

/** What stands for the value of a flag. */
function placeholder(flag: Flag): string {
  switch (flag.kind) {
    case "switch":
      return "";
    case "choice":
      return "NAME";
    case "numbers":
      return Array(flag.count).fill("N").join(",");
    case "list":
      return "N,...";
    case "span":
      return "N|N%";
    case "text":
      return flag.placeholder;
    default:
      return "N";
  }
}

/** Which values a flag takes; an upper bound that nobody reaches is not said. */
function range(flag: Flag): string {
  if (flag.kind === "choice") return `: ${flag.choices.join(", ")}`;
  const none = "orNone" in flag && flag.orNone ? " or none" : "";
  if (flag.kind === "span") return ` (epochs, or percent of the run${none})`;
  if (!("min" in flag)) return "";
  const bounds = flag.max >= 1e5 ? `from ${flag.min}` : `${flag.min} to ${flag.max}`;
  return ` (${(bounds + none).replaceAll(" ", unbroken)})`;
}

/** A space at which no line ends. */
const unbroken = "\u00a0";

function defaultOf(flag: Flag, negatable: boolean): string | undefined {
  if (flag.default === undefined || (flag.default === false && !negatable)) return undefined;
  return formatValue(flag.default);
}

/** A usage in which no line ends within brackets. */
function grouped(usage: string): string {
  return usage.replace(/\[[^\]]*\]/g, (group) => group.replaceAll(" ", unbroken));
}

function section(title: string, rows: Row[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  const lines = rows.map(([left, right]) =>
    hanging(`  ${left.padEnd(width)}  ${right}`, width + 4)
  );
  return [`${title}:`, ...lines].join("\n");
}

/**
 * A text in lines of a terminal's width, all but the first of them indented; its spaces are kept.
 */
function hanging(text: string, indent: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<=\S)(?= )/)) {
    if (line !== "" && line.length + word.length > columns) {
      lines.push(line);
      line = " ".repeat(indent) + word.trimStart();
    } else line += word;
  }
  return [...lines, line].join("\n").replaceAll(unbroken, " ");
}
