import { parseArgs } from "node:util";
import { defaults, expected, type Flag, type Flags, kebab, type Values } from "./flag.ts";
import { escapeControls } from "../images/mod.ts";
import { parseValue } from "./parse_value.ts";
import { unknownFlag } from "./unknown_flag.ts";

/** A command line that was read. */
export type Parsed<F extends Flags> = {
  /** The value of every flag: its default where it was left out. */
  values: Values<F>;
  /** The names of the flags that stand on the command line. */
  named: Set<keyof F & string>;
  /** What belongs to no flag. */
  words: string[];
};

/**
 * Reads a command line. A switch is `--name` or `--no-name`; all other flags take a value,
 * `--name value` or `--name=value`. The last of several equal flags counts.
 *
 * @throws {TypeError} On an unknown flag or a missing value.
 * @throws {RangeError} On a value that the flag does not take.
 */
export function parseFlags<F extends Flags>(args: readonly string[], flags: F): Parsed<F> {
  const values: Record<string, unknown> = defaults(flags);
  const named = new Set<string>();
  const words: string[] = [];
  const spellings = spellingsOf(flags);
  const options = Object.fromEntries(
    [...spellings].map(([spelling, { flag, negated }]) => {
      const type: "boolean" | "string" = flag.kind === "switch" || negated ? "boolean" : "string";
      return [spelling, { type }];
    }),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    const spelling = spellings.get(token.name);
    if (!spelling) throw unknownFlag(token.rawName, Object.keys(flags));
    values[spelling.name] = valueOf(spelling, token.value);
    named.add(spelling.name);
  }
  return { values: values as Values<F>, named, words };
}

/** What a word after the dashes stands for. */
type Spelling = { name: string; flag: Flag; negated: boolean };

/** Shorter names of flags. */
const short: Readonly<Record<string, string>> = { batchSize: "batch" };

/** Everything that may stand after the dashes. */
function spellingsOf(flags: Flags): Map<string, Spelling> {
  const spellings = new Map<string, Spelling>();
  for (const [name, flag] of Object.entries(flags)) {
    const alias = short[name];
    if (alias !== undefined) spellings.set(alias, { name, flag, negated: false });
    spellings.set(kebab(name), { name, flag, negated: false });
    if (flag.kind === "switch") spellings.set(`no-${kebab(name)}`, { name, flag, negated: true });
  }
  return spellings;
}

function valueOf({ name, flag, negated }: Spelling, text: string | undefined): unknown {
  if (flag.kind !== "switch") {
    if (text !== undefined && !text.startsWith("--")) return parseValue(text, { name, flag });
    throw new TypeError(`--${kebab(name)} needs a value: ${expected(flag)}`);
  }
  if (text === undefined || text === "true") return !negated;
  if (text === "false") return negated;
  throw new RangeError(
    `--${kebab(name)} is a switch and takes no value, not "${escapeControls(text)}"`,
  );
}

/**
 * Refuses words that belong to no flag.
 *
 * @param task The name of the task, for the message.
 * @throws {TypeError} If there are some.
 */
export function flagsOnly(task: string, words: readonly string[]): void {
  if (words.length === 0) return;
  const text = escapeControls(words.join(" "));
  throw new TypeError(`${task} takes flags only, not "${text}"; --help lists them`);
}
