import { boxIou, maskIou } from "./overlap.ts";
import { polygonRle } from "./polygon.ts";
import { type Box, mergeRle, type Rle, rleArea, rleBox, rleFromText } from "./rle.ts";

/** A mask as COCO's files hold it: polygons, or runs as numbers or text. */
export type Segmentation =
  | number[][]
  | { size: [height: number, width: number]; counts: number[] | string };

/** An object of a picture as COCO's files hold it. */
export type CocoAnnotation = {
  id: number;
  image_id: number;
  category_id: number;
  bbox: Box;
  area: number;
  iscrowd?: 0 | 1;
  segmentation?: Segmentation;
};

/** A detection as COCO's files of results hold it. */
export type CocoDetection = {
  image_id: number;
  category_id: number;
  score: number;
  bbox?: Box;
  segmentation?: Segmentation;
};

/** What is compared: boxes or masks. */
export type CocoKind = "bbox" | "segm";

/** A box or a mask with what decides whether it counts. */
export type CocoObject = {
  id: number;
  image: number;
  category: number;
  shape: Box | Rle;
  area: number;
  crowd: boolean;
  /** Of a detection; 0 of an annotation. */
  score: number;
};

type Size = { width: number; height: number };

/**
 * The runs of a mask in a picture.
 *
 * @throws {SyntaxError} If the runs do not fill the picture.
 */
export function segmentationRle(segmentation: Segmentation, size: Size): Rle {
  if (Array.isArray(segmentation)) {
    return mergeRle(segmentation.map((corners) => polygonRle(corners, size)), "any");
  }
  const { size: [height, width], counts } = segmentation;
  if (typeof counts === "string") return rleFromText(counts, { width, height });
  return { width, height, counts };
}

/** An annotation as it is compared. */
export function annotated(annotation: CocoAnnotation, kind: CocoKind, size: Size): CocoObject {
  const { id, image_id: image, category_id: category, area, bbox, segmentation } = annotation;
  if (kind === "segm" && !segmentation) {
    throw new TypeError(`Cannot compare masks: annotation ${id} has no \`segmentation\``);
  }
  const shape = kind === "segm" ? segmentationRle(segmentation!, size) : bbox;
  return { id, image, category, shape, area, crowd: annotation.iscrowd === 1, score: 0 };
}

/**
 * A detection as it is compared; its area is that of its box, also where masks are compared, and
 * only without one that of its mask (`COCO.loadRes`).
 */
export function detected(
  { image_id: image, category_id: category, score, bbox, segmentation }: CocoDetection,
  kind: CocoKind,
  { id, size }: { id: number; size: Size },
): CocoObject {
  const mask = segmentation && segmentationRle(segmentation, size);
  const box = bbox ?? (mask && rleBox(mask));
  const shape = kind === "segm" ? mask : box;
  if (!shape) throw new TypeError(`Cannot compare detection ${id}: it has no ${kind}`);
  const area = bbox ? bbox[2] * bbox[3] : rleArea(mask!);
  return { id, image, category, shape, area, crowd: false, score };
}

/** Intersection over union of a detection with an annotation. */
export function overlapOf(detection: CocoObject, annotation: CocoObject): number {
  const [a, b] = [detection.shape, annotation.shape];
  const { crowd } = annotation;
  if (Array.isArray(a) && Array.isArray(b)) return boxIou(a, b, crowd);
  return maskIou(a as Rle, b as Rle, crowd);
}
