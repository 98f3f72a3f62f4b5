import { type Box, type Rle, rleArea, rleOverlap } from "./rle.ts";

/**
 * Intersection over union of a detection with an annotation; over the detection's area where the
 * annotation marks a crowd, in which any number of objects may be found.
 */
export function boxIou(detection: Box, annotation: Box, crowd: boolean): number {
  const side = (axis: 0 | 1) => {
    const end = (box: Box) => box[axis] + box[axis === 0 ? 2 : 3];
    return Math.min(end(detection), end(annotation)) - Math.max(detection[axis], annotation[axis]);
  };
  const [width, height] = [side(0), side(1)];
  if (width <= 0 || height <= 0) return 0;
  const [own, other] = [detection, annotation].map(([, , w, h]) => w * h);
  const intersection = width * height;
  return intersection / (crowd ? own! : own! + other! - intersection);
}

/** The same of masks. */
export function maskIou(detection: Rle, annotation: Rle, crowd: boolean): number {
  const intersection = rleOverlap(detection, annotation);
  if (!intersection) return 0;
  const own = rleArea(detection);
  return intersection / (crowd ? own : own + rleArea(annotation) - intersection);
}
