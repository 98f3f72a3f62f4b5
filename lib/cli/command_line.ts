import { escapeControls, printableJson } from "../images/mod.ts";

/** How a command line differs from the one that was given. */
export type CommandChange = {
  /** Flags to leave out, with their values; switches end in `!`. */
  without?: readonly string[];
  /** Words to add. */
  more?: readonly string[];
};

/** A command line for the shell, as it was given but for some flags. */
export function commandLine(
  task: string,
  args: readonly string[],
  change: CommandChange = {},
): string {
  return ["deno task", task, ...changedWords(args, change).map(quote)].join(" ");
}

/** The words of a command line, as they were given but for some flags. */
export function changedWords(
  args: readonly string[],
  { without = [], more = [] }: CommandChange,
): string[] {
  const words: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!;
    const [name = "", value] = word.split("=");
    if (without.includes(`${name}!`)) continue;
    if (!without.includes(name)) words.push(word);
    else if (value === undefined) i++;
  }
  return [...words, ...more];
}

function quote(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (escapeControls(word) !== word) return escaped(word);
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A word with characters that cannot be printed, as Bash and Zsh read their escapes. */
function escaped(word: string): string {
  return `$'${printableJson(word).slice(1, -1).replaceAll("'", "\\'")}'`;
}
