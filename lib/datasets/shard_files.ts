import { partFolders, partOfFile } from "./part_names.ts";
import { type FolderEntries, readFolder } from "./read_folder.ts";

/** A tar archive of a part. */
export type Shard = {
  /** Its path below the folder. */
  path: string;
  /** The class that its name tells, should its images have none beside them. */
  className: string | null;
};

/** The tar archives of a folder. */
export type ShardFiles = {
  train: readonly Shard[];
  /** Empty where a part of the training images is to be held out instead. */
  test: readonly Shard[];
};

/**
 * Finds tar archives and the parts to which they belong: those in a folder of a part (`train/`,
 * `val/`, ...), else those whose names hold its word, else, to learn from, all others.
 *
 * @param root What lies directly in the folder.
 * @returns `null` if there is no archive to learn from or to be scored on.
 */
export async function shardFiles(
  folder: string,
  root: FolderEntries,
): Promise<ShardFiles | null> {
  const folders = partFolders([...root.folders, ...root.links]);
  const inner = async (name: string | null) =>
    name === null
      ? []
      : (await readFolder(`${folder}/${name}`)).archives.map((file) => `${name}/${file}`);
  const [trainInner, testInner] = [await inner(folders.train), await inner(folders.test)];
  const train = trainInner.length > 0
    ? trainInner
    : root.archives.filter((name) => partOfFile(stem(name))?.part !== "test");
  const test = testInner.length > 0 ? testInner : firstTestPart(root.archives);
  if (train.length === 0 && test.length === 0) return null;
  const isClass = new Set(train.map((path) => classOf(stem(path)))).size > 1;
  const shard = (path: string): Shard => ({
    path,
    className: isClass ? classOf(stem(path)) : null,
  });
  return {
    train: train.map(shard),
    test: test.map(shard),
  };
}

/** Of archives for `val`, `test` and so on, those of the first of these parts that is there. */
function firstTestPart(archives: readonly string[]): string[] {
  const ranked = archives.flatMap((name) => {
    const part = partOfFile(stem(name));
    return part?.part === "test" ? [{ name, rank: part.rank }] : [];
  });
  const least = Math.min(...ranked.map(({ rank }) => rank));
  return ranked.filter(({ rank }) => rank === least).map(({ name }) => name);
}

/** The name of an archive without folders and ending. */
function stem(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1, -".tar".length);
}

/**
 * The class that the name of an archive tells: what is left without the word of its part and the
 * number of a shard. Where that is the same for all, the archives are shards of one set.
 */
function classOf(name: string): string {
  const part = partOfFile(name)?.word ?? "";
  const rest = name.replace(part, "").replace(/^[-_. ]+|[-_. ]+$/g, "") || name;
  if (/^n\d{8}/.test(rest)) return rest; // a WordNet id
  return rest.replace(/[-_. ]*(shard|part)?[-_. ]*\d+([-_. ]*of[-_. ]*\d+)?$/i, "");
}
