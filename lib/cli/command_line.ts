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
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
