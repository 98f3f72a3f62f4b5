import { escapeControls } from "../images/mod.ts";
import { namesClasses } from "./class_words.ts";
import type { Listing } from "./list_images.ts";
import { endingOf } from "./read_folder.ts";

/** What was left out of a data set, by its kind. */
export type LeftOutFiles = Pick<Listing, "others" | "lost" | "undecodable" | "system">;

/** Some names in a row, as they can be printed. */
export function row(names: readonly string[], most = 3): string {
  const list = names.slice(0, most).map(escapeControls).join(", ");
  return names.length > most ? `${list}, ...` : list;
}

/** A sentence on one name or on several; none where there is no name. */
export function noteOn(names: readonly string[], one: string, several: string): string[] {
  if (names.length === 0) return [];
  return names.length === 1
    ? [`${row(names)} ${one}`]
    : [`${names.length} ${several}: ${row(names)}`];
}

/**
 * Sentences on what was left out of a folder, one for each kind. What classes are called is read
 * from a file there, which is not among them.
 */
export function notesOn(
  folder: string,
  { others, lost, undecodable, system }: LeftOutFiles,
): string[] {
  const systemNames = new Set(system.map((path) => path.slice(path.lastIndexOf("/") + 1)));
  const rename = `rename such names, e.g. by convmv -f latin1 -t utf8 -r --notest ${
    escapeControls(folder)
  }`;
  return [
    ...noteOn(lost, "leads to no file and is left out", "names of images lead to no file"),
    ...noteOn(
      undecodable,
      `is left out, as the bytes of its name are no UTF-8; ${rename}`,
      `names are left out, as their bytes are no UTF-8 (${rename})`,
    ),
    ...system.length > 0 ? [`folders of the system are left out: ${row([...systemNames])}`] : [],
    ...byEnding(others.filter((path) => !namesClasses(path))),
  ];
}

/** Files that are no images, counted by their endings. */
function byEnding(files: readonly string[]): string[] {
  if (files.length === 0) return [];
  const groups = [...Map.groupBy(files, endingOf)].sort(([a], [b]) => a < b ? -1 : 1);
  const counts = groups.map(([ending, { length }]) =>
    `${length} ${ending === "" ? "without an ending" : escapeControls(ending)}`
  );
  const subject = files.length === 1
    ? "1 file that is no image is left out"
    : `${files.length} files that are no images are left out`;
  const most = 8;
  const rest = counts.length > most ? ", ..." : "";
  return [`${subject}: ${counts.slice(0, most).join(", ")}${rest}`];
}
