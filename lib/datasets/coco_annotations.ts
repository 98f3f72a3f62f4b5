import { escapeControls } from "../images/mod.ts";
import { type CocoAnnotation, rleArea, segmentationRle } from "../metrics/mod.ts";
import { annotationFault, categoryFault, imageFault, shapeFault } from "./coco_faults.ts";

/** A category of objects. */
export type CocoCategory = { id: number; name: string };

/** An image in a file of annotations. */
export type CocoImage = { id: number; file_name: string; width: number; height: number };

/** What a file of annotations holds. */
export type CocoAnnotations = {
  images: CocoImage[];
  annotations: CocoAnnotation[];
  categories: CocoCategory[];
  /** What was left out. */
  notes: string[];
};

/**
 * Reads a file of annotations. Objects of images that are not listed, and objects whose mask is
 * empty, are left out and counted; an area that is missing is that of the mask, or else of the box.
 *
 * @throws {SyntaxError} If it is no JSON.
 * @throws {TypeError} If a list is missing, or an entry is not what COCO's files hold.
 */
export function parseCoco(bytes: Uint8Array, path: string): CocoAnnotations {
  const stored = parseLists(bytes, path);
  const fault = imageFault(stored.images) ?? categoryFault(stored.categories) ??
    annotationFault(stored.annotations);
  if (fault) throw refusal(path, fault);
  const images = new Map(stored.images.map((image) => [image.id, image]));
  const listed = stored.annotations.filter(({ image_id }) => images.has(image_id));
  const marked = listed.filter(({ segmentation }) => !isEmpty(segmentation));
  const name = escapeControls(path);
  return {
    ...stored,
    annotations: marked.map((annotation) => {
      const image = images.get(annotation.image_id)!;
      const fault = shapeFault(annotation, image);
      if (fault) throw refusal(path, fault);
      return withArea(annotation, image);
    }),
    notes: [
      ...leftOut(stored.annotations.length - listed.length, `${name} are of images not listed`),
      ...leftOut(listed.length - marked.length, `${name} have an empty \`segmentation\``),
    ],
  };
}

type Lists = Omit<CocoAnnotations, "notes">;

function parseLists(bytes: Uint8Array, path: string): Lists {
  let stored: Partial<Lists> | null;
  try {
    stored = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    const { message } = error as Error;
    throw new SyntaxError(`Cannot read the annotations ${escapeControls(path)}: ${message}`);
  }
  for (const field of ["images", "annotations", "categories"] as const) {
    if (!Array.isArray(stored?.[field])) throw refusal(path, `they have no list "${field}"`);
  }
  return stored as Lists;
}

/** Whether no polygon has three corners (`LoadAnnotations` of mmdetection ignores such objects). */
function isEmpty(segmentation: CocoAnnotation["segmentation"]): boolean {
  return Array.isArray(segmentation) &&
    segmentation.every((corners) => Array.isArray(corners) && corners.length < 6);
}

function withArea(annotation: CocoAnnotation, image: CocoImage): CocoAnnotation {
  const { area, segmentation, bbox: [, , width, height] } = annotation;
  if (Number.isFinite(area)) return annotation;
  const rest = segmentation ? rleArea(segmentationRle(segmentation, image)) : width * height;
  return { ...annotation, area: rest };
}

function leftOut(count: number, reason: string): string[] {
  return count ? [`objects that are left out: ${count} of ${reason}`] : [];
}

function refusal(path: string, reason: string): TypeError {
  return new TypeError(`Cannot read the annotations ${escapeControls(path)}: ${reason}`);
}
