import { escapeControls, type Image } from "../images/mod.ts";
import { type CocoAnnotation, decodeRle, segmentationRle } from "../metrics/mod.ts";
import type { ObjectImage } from "../transforms/mod.ts";
import type { CocoSample } from "./coco.ts";
import type { CocoCategory } from "./coco_annotations.ts";

/** Whether there is something to learn from an object: crowds and those without area are none. */
export function isLearnable(
  { iscrowd, area, bbox: [left, top, width, height] }: CocoAnnotation,
  image: { width: number; height: number },
): boolean {
  const across = Math.min(left + width, image.width) - Math.max(left, 0);
  const down = Math.min(top + height, image.height) - Math.max(top, 0);
  return iscrowd !== 1 && area > 0 && width >= 1 && height >= 1 && across > 0 && down > 0;
}

/** Images with something to learn from that are not too small (`CocoDataset` of mmdetection). */
export function learnable(samples: readonly CocoSample[], least = 32): CocoSample[] {
  return samples.filter((sample) =>
    Math.min(sample.width, sample.height) >= least &&
    sample.annotations.some((annotation) => isLearnable(annotation, sample))
  );
}

/**
 * The image of a sample.
 *
 * @throws {RangeError} If the file is not of the size that the annotations say.
 */
export async function readMarked({ id, width, height, read }: CocoSample): Promise<Image> {
  const image = await read();
  if (image.width === width && image.height === height) return image;
  throw new RangeError(
    `Cannot use the objects of ${escapeControls(id)}: they are marked in ${width} x ${height} ` +
      `pixels, and the image has ${image.width} x ${image.height}`,
  );
}

/**
 * An image with the objects that are learned from.
 *
 * @throws {RangeError} If the file is not of the size that the annotations say.
 * @throws {TypeError} If an object has no mask.
 */
export async function readObjects(
  sample: CocoSample,
  categories: readonly CocoCategory[],
): Promise<ObjectImage> {
  const { id, width, height } = sample;
  const image = await readMarked(sample);
  const objects = sample.annotations.filter((annotation) => isLearnable(annotation, sample));
  const numbers = categories.map(({ id }) => id);
  return {
    image,
    boxes: Float32Array.from(objects.flatMap(({ bbox: [left, top, width, height] }) => [
      ...[left, top, left + width, top + height],
    ])),
    labels: Int32Array.from(objects, ({ category_id }) => numbers.indexOf(category_id)),
    masks: objects.map(({ id: number, segmentation }) => {
      if (segmentation) return decodeRle(segmentationRle(segmentation, { width, height }));
      throw new TypeError(
        `Cannot learn masks from ${escapeControls(id)}: annotation ${number} has no ` +
          "`segmentation`",
      );
    }),
  };
}
