import { partFolders, partOfFile, partOfFolder } from "./part_names.ts";
import { type FolderEntries, readFolder } from "./read_folder.ts";
import { shardImages } from "./shard_images.ts";

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
 * `val/`, ...), else those whose names hold its word, else, to learn from, all others. Once archives
 * are named as those to learn from, others that name no part are left aside (see
 * {@linkcode toLearnFrom}).
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
  const test = testInner.length > 0 ? testInner : firstTestPart(root.archives);
  const train = trainInner.length > 0
    ? trainInner
    : await toLearnFrom(folder, root.archives, { scored: test.length > 0 });
  if (train.length === 0 && test.length === 0) return null;
  const classes = new Set(train.map((path) => classOf(stem(path))));
  const shard = (path: string): Shard => ({
    path,
    className: classes.size > 1 ? classOf(stem(path)) : null,
  });
  if (classes.size > 1 && await isClass(folder, test, train)) {
    return { train: [...train, ...test].sort().map(shard), test: [] };
  }
  return { train: train.map(shard), test: test.map(shard) };
}

/**
 * Whether the only archive to be scored on is a class like the others beside it: it is merely called
 * `test.tar`, none is named as one to learn from, and no class lies beside its images.
 */
async function isClass(
  folder: string,
  [only, ...more]: readonly string[],
  others: readonly string[],
): Promise<boolean> {
  if (only === undefined || more.length > 0) return false;
  if (only.includes("/") || partOfFolder(stem(only)) === null) return false;
  if (others.some((path) => path.includes("/") || partOfFile(stem(path)))) return false;
  return !await holdsClasses(folder, only);
}

/**
 * Of archives directly in a folder, those to learn from: those named so, if there are any, else all
 * that are not for `val`, `test` and so on. One that is merely called `train.tar` is a class like
 * the others beside it if there is no part to be scored on and no class beside its images.
 */
async function toLearnFrom(
  folder: string,
  archives: readonly string[],
  { scored }: { scored: boolean },
): Promise<string[]> {
  const named = archives.filter((name) => partOfFile(stem(name))?.part === "train");
  const all = archives.filter((name) => partOfFile(stem(name))?.part !== "test");
  const [only, ...more] = named;
  if (only === undefined || named.length === all.length) return all;
  if (scored || more.length > 0 || partOfFolder(stem(only)) === null) return named;
  return await holdsClasses(folder, only) ? named : all;
}

/** Whether a class lies beside an image of an archive; one that is damaged is refused later. */
async function holdsClasses(folder: string, path: string): Promise<boolean> {
  const shard = { path, className: null };
  const { images } = await shardImages(folder, shard, { exif: false }).catch(() => ({
    images: [],
  }));
  return images.some(({ label }) => label !== null);
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
