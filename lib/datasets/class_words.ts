/** Files that say what classes are called, as data sets are published with them. */
const files = [
  "classes.txt",
  "words.txt",
  "synset_words.txt",
  "LOC_synset_mapping.txt",
  "imagenet_class_index.json",
];

/** Whether a name is that of a file which says what the classes of its folder are called. */
export function namesClasses(file: string): boolean {
  return files.includes(file);
}

/** What classes are called, in their order, and a sentence for the user. */
export type ClassWords = { words: string[]; notes: string[] };

/**
 * What the classes of a folder are called: in the words of a file that lies in it, such as the
 * `words.txt` of WordNet's identifiers. Each of its lines is the name of a class, as folders or
 * labels have it, and its words, of which those before the first comma are taken; or where the
 * names are numbers from 0 on, the lines may be the words alone, in their order. The JSON file has
 * `{"0": ["n01440764", "tench"], ...}`, with underscores between words. Classes without
 * words keep their names, and so do those whose words another class has, too, behind them. A file
 * with words for none of them is named in a note.
 */
export async function classWords(folder: string, classes: readonly string[]): Promise<ClassWords> {
  const unfit: string[] = [];
  for (const file of files) {
    const text = await Deno.readTextFile(`${folder}/${file}`).catch(() => null);
    if (text === null) continue;
    const { named, ordered } = file.endsWith(".json") ? indexLines(text) : linesOf(text);
    const words = wordsByName(named, classes) ?? wordsInOrder(ordered, classes);
    if (words) {
      const notes = [`classes are called as ${file} says`, ...unfit];
      return { words: distinct(words, classes), notes };
    }
    unfit.push(`${file} has words for none of the classes and is left out`);
  }
  return { words: [...classes], notes: unfit };
}

/** Lines that begin with names of classes, and lines of words in the order of the classes. */
type Lines = { named: string[]; ordered: string[] };

/** Lines that may be either. */
function linesOf(text: string): Lines {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return { named: lines, ordered: lines };
}

/** The entries of an index as lines; none where the file is no index. */
function indexLines(text: string): Lines {
  let index: unknown;
  try {
    index = JSON.parse(text);
  } catch {
    return { named: [], ordered: [] };
  }
  const values: unknown[] = Object.values(index ?? {}); // by their numbers
  const entries = values.flatMap((entry) =>
    Array.isArray(entry) && entry.length === 2
      ? [{ name: String(entry[0]), words: String(entry[1]).replaceAll("_", " ") }]
      : []
  );
  return {
    named: entries.map(({ name, words }) => `${name} ${words}`),
    ordered: entries.map(({ words }) => words),
  };
}

/** The words behind the names, if lines begin with names of classes. */
function wordsByName(lines: string[], classes: readonly string[]): string[] | null {
  const pairs = lines.flatMap((line) => {
    const [, name, words] = /^(\S+)\s+([^,]*[^,\s])/.exec(line.trim()) ?? [];
    return name && words ? [[name.normalize(), words] as const] : [];
  });
  const byName = new Map(pairs);
  const names = classes.filter((name) => byName.has(name));
  return names.length > 0 ? classes.map((name) => byName.get(name) ?? name) : null;
}

/** The lines, if there is one for each class and classes are numbers. */
function wordsInOrder(lines: string[], classes: readonly string[]): string[] | null {
  const numbered = classes.every((name) => /^\d+$/.test(name) && Number(name) < classes.length);
  if (!numbered || lines.length !== classes.length || lines.length === 0) return null;
  return classes.map((name) => lines[Number(name)]!.trim());
}

/** Words that several classes have, told apart by the names. */
function distinct(words: string[], classes: readonly string[]): string[] {
  const counts = Map.groupBy(words, (word) => word);
  return words.map((word, i) => counts.get(word)!.length > 1 ? `${word} (${classes[i]})` : word);
}
