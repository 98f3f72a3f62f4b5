import { listImages } from "./list_images.ts";

/** The images below a part of a folder, such as `train/`. */
export type Part = {
  /** With their class, the first folder below the part; `null` where there are no class folders. */
  images: { path: string; name: string | null; state: string }[];
  /** What was left out, and why. */
  notes: string[];
};

/**
 * The images of one part and their classes. Fewer images beside two or more class folders than in
 * them are left out; else images beside folders mean that folders are no classes.
 *
 * @param inner The part's path below the folder, empty or ending in `/`.
 * @throws {Error} If a folder cannot be read.
 */
export async function folderPart(folder: string, inner: string): Promise<Part> {
  const { images, lost } = await listImages(`${folder}/${inner}`);
  const beside = images.filter(({ path }) => !path.includes("/"));
  const names = new Set(images.map(({ path }) => path.split("/", 2)).flatMap(first));
  const classes = beside.length === 0 || (names.size > 1 && 2 * beside.length < images.length);
  const kept = classes ? images.filter(({ path }) => path.includes("/")) : images;
  const notes: string[] = [];
  const note = (paths: string[], one: string, several: string) => {
    if (paths.length === 0) return;
    const shown = paths.slice(0, 3).map((path) => inner + path).join(", ");
    const count = paths.length === 1 ? `${shown} ${one}` : `${paths.length} ${several}: ${shown}`;
    notes.push(count + (paths.length > 3 ? ", ..." : ""));
  };
  if (classes) {
    const loose = beside.map(({ path }) => path);
    note(
      loose,
      "lies in no class folder and is left out",
      "images in no class folder are left out",
    );
    const empty = (await folders(`${folder}/${inner}`)).filter((name) => !names.has(name)).sort();
    note(empty, "is a folder without images and no class", "folders without images are no classes");
  }
  note(lost, "leads to no file and is left out", "names of images lead to no file");
  return {
    images: kept.map(({ path, size, changed }) => ({
      path: inner + path,
      name: classes ? path.slice(0, path.indexOf("/")) : null,
      state: `${inner}${path} ${size} ${changed}`,
    })),
    notes,
  };
}

/** The class folder of a path, if it lies in one. */
function first(steps: string[]): string[] {
  return steps.length > 1 ? steps.slice(0, 1) : [];
}

/** The names of the folders in a folder; links to folders are left out, as they may lead back. */
async function folders(folder: string): Promise<string[]> {
  const names = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory && !name.startsWith(".")) names.push(name);
  }
  return names;
}
