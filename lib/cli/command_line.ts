import { escapeControls, printableJson } from "../images/mod.ts";

/**
 * A command line for the shell, as it was given but for some flags.
 *
 * @param options `without`: flags to leave out, with their values; switches end in `!`. `more`:
 * words to add.
 */
export function commandLine(
  task: string,
  args: readonly string[],
  { without = [], more = [] }: { without?: readonly string[]; more?: readonly string[] } = {},
): string {
  const words: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!;
    const [name = "", value] = word.split("=");
    if (without.includes(`${name}!`)) continue;
    if (!without.includes(name)) words.push(word);
    else if (value === undefined) i++;
  }
  return ["deno task", task, ...[...words, ...more].map(quote)].join(" ");
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
