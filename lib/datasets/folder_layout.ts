import { type FolderPart, folderPart } from "./folder_part.ts";
import { notesOn, row } from "./notes.ts";
import { partFolders, partOfFile, partOfFolder } from "./part_names.ts";
import type { FolderEntries } from "./read_folder.ts";

/** The parts of a folder of images. */
export type FolderLayout = {
  train: FolderPart;
  /** `null` where a part of the training images is to be held out instead. */
  test: FolderPart | null;
  /** Sentences on what was taken for what, and on what was left out. */
  notes: string[];
};

/**
 * Finds the parts of a folder of images: `train/` and `val/` or what else they are called. A folder
 * of such a name is a class instead if it holds images without class folders and lies beside another
 * folder of images; two of them, one of each part, are classes beside two others.
 *
 * @param root What lies directly in the folder.
 * @throws {Error} If a folder cannot be read.
 */
export async function folderLayout(
  folder: string,
  root: FolderEntries,
  options: { exif: boolean; listings?: string },
): Promise<FolderLayout> {
  const folders = [...root.folders, ...root.links];
  const { train, test } = partFolders(folders);
  const read = (inner: string, without: string[] = []) =>
    folderPart(folder, inner, { ...options, without });
  if (train !== null) {
    const parts = [train, ...test === null ? [] : [test]];
    const [part, testPart = null] = await Promise.all(parts.map((name) => read(`${name}/`)));
    if (!part!.hasClasses && !testPart?.hasClasses && folders.length > parts.length) {
      const whole = await read("");
      if (otherClasses(whole).length >= parts.length) return inOneFolder(folder, whole, parts);
    }
    return inTwoFolders(folder, root, [part!, testPart]);
  }
  if (test === null) return inOneFolder(folder, await read(""));
  const part = await read(`${test}/`), rest = await read("", [test]);
  if (rest.images.length === 0) return inTwoFolders(folder, root, [rest, part]);
  const classes = new Set(rest.images.map(({ label }) => label));
  if (part.hasClasses && part.images.every(({ label }) => classes.has(label))) {
    return { train: rest, test: part, notes: [...rest.notes, ...leftOut(folder, [rest, part])] };
  }
  return inOneFolder(folder, await read(""), [test]);
}

/** The classes whose names are not those of parts. */
function otherClasses({ images }: FolderPart): string[] {
  const names = new Set(images.flatMap(({ label }) => label ?? []));
  return [...names].filter((name) => partOfFolder(name) === null);
}

function inTwoFolders(
  folder: string,
  root: FolderEntries,
  [train, test]: [FolderPart, FolderPart | null],
): FolderLayout {
  const parts = test ? [train, test] : [train];
  const names = parts.map(({ inner }) => inner).filter((inner) => inner !== "");
  const others = [...root.folders, ...root.links].map((name) => `${name}/`);
  const beside = [...others.filter((name) => !names.includes(name)), ...root.archives];
  if (root.images.length > 0) beside.push(`${root.images.length} images`);
  const notes = parts.flatMap(({ notes }) => notes);
  if (beside.length > 0) {
    notes.push(`beside ${names.join(" and ")}, these are left aside: ${row(beside, 8)}`);
  }
  const unused = { leftOut: root, archives: [] };
  return { train, test, notes: [...notes, ...leftOut(folder, [...parts, unused])] };
}

/** One part whose folders are classes, even if some of them bear the names of parts. */
function inOneFolder(
  folder: string,
  whole: FolderPart,
  partLike: readonly string[] = [],
): FolderLayout {
  const notes = [...whole.notes];
  const [name, other] = partLike.map((name) => `${name}/`);
  if (other !== undefined) {
    notes.push(`${name} and ${other} are taken for classes: they lie beside others and hold none`);
  } else if (name !== undefined && whole.hasClasses) {
    notes.push(`${name} is taken for a class: it lies beside others and holds no classes`);
  }
  return {
    train: whole,
    test: null,
    notes: [...notes, ...other ? [] : partsAmongClasses(whole), ...leftOut(folder, [whole])],
  };
}

/** Sentences on class folders that look like parts, or hold folders that do. */
function partsAmongClasses({ images, hasClasses, folders }: FolderPart): string[] {
  if (!hasClasses) return [];
  const named = (part: string) => folders.find((name) => partOfFile(name)?.part === part);
  const [train, test] = [named("train"), named("test")];
  if (train && test) {
    return [
      `the classes ${row([train, test])} look like parts; call them train and val if they are`,
    ];
  }
  const inner = Map.groupBy(images, ({ label }) => label);
  for (const [name, members] of inner) {
    const steps = new Set(members.map(({ id }) => id.split("/", 2)[1] ?? ""));
    const parts = partFolders([...steps]);
    if (parts.train === null || parts.test === null) continue;
    return [
      `${row([name ?? ""])}/ holds ${parts.train}/ and ${parts.test}/, which are not taken for ` +
      "parts: name this folder to use them",
    ];
  }
  return [];
}

/** Sentences on archives and on files that are left out. */
function leftOut(folder: string, parts: Pick<FolderPart, "archives" | "leftOut">[]): string[] {
  const archives = parts.flatMap((part) => part.archives);
  const all = <K extends keyof FolderPart["leftOut"]>(kind: K) =>
    parts.flatMap((part) => part.leftOut[kind]);
  return [
    ...archives.length > 0 ? [`archives beside images are left aside: ${row(archives)}`] : [],
    ...notesOn(folder, {
      others: all("others"),
      lost: all("lost"),
      undecodable: all("undecodable"),
      system: all("system"),
    }),
  ];
}
