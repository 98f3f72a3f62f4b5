import { escapeControls } from "../images/mod.ts";
import { type CocoAnnotation, segmentationRle } from "../metrics/mod.ts";
import type { CocoImage } from "./coco_annotations.ts";

/** A list of a file of annotations as it was parsed, whatever it holds. */
type Entries = readonly (Readonly<Record<string, unknown>> | null)[];

/** What the images that a file lists lack, in words; `null` if nothing. */
export function imageFault(images: Entries): string | null {
  const fault = numberFault("images", images);
  if (fault) return fault;
  for (const { id, file_name, width, height } of images as readonly Record<string, unknown>[]) {
    if (typeof file_name !== "string") return `image ${id} has no \`file_name\``;
    if (isSide(width) && isSide(height)) continue;
    return `image ${id} has the \`width\` ${shown(width)} and the \`height\` ${shown(height)}, ` +
      "which are not both numbers of pixels";
  }
  return null;
}

/** What the categories that a file lists lack, in words; `null` if nothing. */
export function categoryFault(categories: Entries): string | null {
  const fault = numberFault("categories", categories);
  const nameless = fault ? null : categories.find((entry) => typeof entry!.name !== "string");
  return nameless ? `category ${nameless.id} has no \`name\`` : fault;
}

/** What the objects that a file lists lack, whatever their image, in words; `null` if nothing. */
export function annotationFault(annotations: Entries): string | null {
  for (const [i, entry] of annotations.entries()) {
    if (!isRecord(entry)) return `entry ${i} of \`annotations\` is ${shown(entry)}, not an object`;
    for (const name of ["id", "image_id", "category_id"]) {
      if (Number.isInteger(entry[name])) continue;
      return `entry ${i} of \`annotations\` has the \`${name}\` ${
        shown(entry[name])
      }, not a number`;
    }
  }
  return null;
}

/** What is wrong with the box or the mask of an object in its image, in words; else `null`. */
export function shapeFault(
  { id, bbox, segmentation }: CocoAnnotation,
  image: CocoImage,
): string | null {
  if (!Array.isArray(bbox)) return `annotation ${id} has no \`bbox\``;
  if (bbox.length !== 4 || !bbox.every(Number.isFinite)) {
    return `annotation ${id} has the \`bbox\` ${shown(bbox)}, which is not left, top, width and ` +
      "height";
  }
  const fault = segmentation ? maskFault(segmentation, image) : null;
  return fault && `the \`segmentation\` of annotation ${id} ${fault}`;
}

/** Why a mask cannot be drawn in its image. */
function maskFault(
  mask: NonNullable<CocoAnnotation["segmentation"]>,
  { width, height }: CocoImage,
): string | null {
  if (Array.isArray(mask)) {
    const areCorners = mask.every((corners) =>
      Array.isArray(corners) && corners.length % 2 === 0 && corners.every(Number.isFinite)
    );
    return areCorners ? null : "is not lists of x and y by turns, one for each polygon";
  }
  const { size, counts }: Partial<typeof mask> = mask;
  if (!Array.isArray(size) || (typeof counts !== "string" && !Array.isArray(counts))) {
    return "is neither polygons nor runs, with `size` and `counts`";
  }
  if (size[0] !== height || size[1] !== width) {
    return `is of the size ${shown(size)}, and its image has ${height} rows and ${width} columns`;
  }
  try {
    const runs = segmentationRle(mask, { width, height }).counts;
    const sum = runs.reduce((sum, run) => sum + run, 0);
    return sum === width * height ? null : `has runs of ${sum} pixels, and its image ` +
      `${width * height}`;
  } catch (error) {
    return `cannot be read: ${(error as Error).message}`;
  }
}

/** What is wrong with the numbers of entries. */
function numberFault(list: string, entries: Entries): string | null {
  const numbers = new Set<unknown>();
  for (const [i, entry] of entries.entries()) {
    if (!isRecord(entry)) return `entry ${i} of \`${list}\` is ${shown(entry)}, not an object`;
    const { id } = entry;
    if (!Number.isInteger(id)) {
      return `entry ${i} of \`${list}\` has the \`id\` ${shown(id)}, not a number`;
    }
    if (numbers.has(id)) return `two entries of \`${list}\` have the \`id\` ${id}`;
    numbers.add(id);
  }
  return null;
}

function isRecord(entry: unknown): entry is Readonly<Record<string, unknown>> {
  return typeof entry === "object" && entry !== null && !Array.isArray(entry);
}

function isSide(value: unknown): boolean {
  return Number.isInteger(value) && value as number > 0;
}

function shown(value: unknown): string {
  return escapeControls(JSON.stringify(value) ?? "undefined");
}
