import { type Image, type Mask, type Region, resizeLinear, resizeMask } from "../images/mod.ts";
import type { PixelSize } from "./labeled_image.ts";
import { cutRows, mirrorRows } from "./pixel_rows.ts";

/** An image with the objects in it. */
export type ObjectImage = {
  image: Image;
  /** Left, top, right and bottom of each in pixels, one behind the other: `[objects, 4]`. */
  boxes: Float32Array;
  /** The class of each. */
  labels: Int32Array;
  /** The pixels of each. */
  masks: readonly Mask[];
};

/** Resizes an image as OpenCV does, and its objects with it. */
export function resizeObjects(
  { image, boxes, labels, masks }: ObjectImage,
  { width, height }: PixelSize,
): ObjectImage {
  const sides = [width, height];
  const scales = [width / image.width, height / image.height];
  return {
    image: resizeLinear(image, width, height),
    boxes: boxes.map((side, i) => within(side * scales[i % 2]!, sides[i % 2]!)),
    labels,
    masks: masks.map((mask) => resizeMask(mask, { width, height }, { nearest: "corner" })),
  };
}

/** The mirror image, with its objects. */
export function flipObjects({ image, boxes, labels, masks }: ObjectImage): ObjectImage {
  const corners = new Float32Array(boxes.length);
  for (let i = 0; i < boxes.length; i += 4) {
    const [left = 0, top = 0, right = 0, bottom = 0] = boxes.subarray(i, i + 4);
    corners.set([image.width - right, top, image.width - left, bottom], i);
  }
  return {
    image: mirrorRows(image, 3),
    boxes: corners,
    labels,
    masks: masks.map((mask) => mirrorRows(mask, 1)),
  };
}

/** What lies in a rectangle of an image, and the objects of whose boxes some does. */
export function cropObjects(
  { image, boxes, labels, masks }: ObjectImage,
  region: Region,
): ObjectImage {
  const starts = [region.left, region.top];
  const sides = [region.width, region.height];
  const corners = boxes.map((side, i) => within(side - starts[i % 2]!, sides[i % 2]!));
  const box = (object: number) => corners.subarray(4 * object, 4 * object + 4);
  const indices = [...labels.keys()].filter((object) => {
    const [left = 0, top = 0, right = 0, bottom = 0] = box(object);
    return right > left && bottom > top;
  });
  return {
    image: cutRows(image, region, 3),
    boxes: Float32Array.from(indices.flatMap((object) => [...box(object)])),
    labels: Int32Array.from(indices, (object) => labels[object]!),
    masks: indices.map((object) => cutRows(masks[object]!, region, 1)),
  };
}

function within(place: number, side: number): number {
  return Math.min(Math.max(place, 0), side);
}
