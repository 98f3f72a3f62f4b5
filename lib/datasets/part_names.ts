/** Which of the two parts of a data set: images to learn from, or images to be scored on. */
export type PartName = "train" | "test";

/** Names of the part to be scored on, the first one that is there being taken. */
const testWords = ["val", "valid", "validation", "dev", "eval", "evaluation", "test", "testing"];

const word = `(train(?:ing)?|${testWords.join("|")})(?:[-_ ]?(?:set|split|part|data|images))?`;
const wholeName = new RegExp(`^${word}$`, "i");
const withinName = new RegExp(`(?<![a-z])${word}(?![a-z])`, "gi");

/** A name that says to which part its folder or file belongs. */
export type NamedPart = {
  part: PartName;
  /** Of several folders of one part, the one of the lowest rank is taken. */
  rank: number;
  /** The word that says it. */
  word: string;
};

/** The part of a folder, if its name is that of a part: `train`, `Valid`, `test_set`, ... */
export function partOfFolder(name: string): NamedPart | null {
  return namedPart(name.match(wholeName));
}

/**
 * The part of a file, if a word of its name says it: `imagenet-train-0001.tar`, `VAL_3.tar`, ...
 * Of several words the last one counts.
 */
export function partOfFile(name: string): NamedPart | null {
  return namedPart([...name.matchAll(withinName)].at(-1) ?? null);
}

/** The folders of the two parts among others; `null` where none bears the name of the part. */
export function partFolders(
  folders: readonly string[],
): { train: string | null; test: string | null } {
  const first = (part: PartName) => {
    const candidates = folders.flatMap((name) => {
      const named = partOfFolder(name);
      return named?.part === part ? [{ name, rank: named.rank }] : [];
    });
    // Of equal names in another case, small letters come first.
    candidates.sort((a, b) => a.rank - b.rank || (a.name > b.name ? -1 : 1));
    return candidates[0]?.name ?? null;
  };
  return { train: first("train"), test: first("test") };
}

function namedPart(match: RegExpMatchArray | null): NamedPart | null {
  const [phrase, stem] = match ?? [];
  if (phrase === undefined || stem === undefined) return null;
  const rank = testWords.indexOf(stem.toLowerCase());
  return rank < 0
    ? { part: "train", rank: phrase.length, word: phrase }
    : { part: "test", rank: 100 * rank + phrase.length, word: phrase };
}
