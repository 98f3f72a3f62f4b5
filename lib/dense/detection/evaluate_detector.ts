import { tidy } from "../../compile/mod.ts";
import {
  type CocoCategory,
  type CocoSample,
  cocoTruth,
  objectTensors,
  readMarked,
} from "../../datasets/mod.ts";
import { type Image, resizeLinear } from "../../images/mod.ts";
import {
  type CocoDetection,
  type CocoScores,
  cocoScores,
  encodeRle,
  rleToText,
} from "../../metrics/mod.ts";
import { fittingSize } from "../../transforms/mod.ts";
import { cornersOf } from "./boxes.ts";
import { detect, type DetectedObjects, objectMasks } from "./detect.ts";
import type { Detector } from "./detector.ts";
import type { DetectorPasses } from "./detector_passes.ts";
import { type DetectionSetup, settingsOf } from "./setup.ts";

/** What objects are found by. */
export type FindOptions = {
  setup: DetectionSetup;
  /** Compiled for scoring. */
  passes: DetectorPasses;
};

/** Finds the objects in an image, with boxes in its pixels; it is resized for the network. */
export function findObjects(
  image: Image,
  model: Detector,
  { setup, passes }: FindOptions,
): DetectedObjects {
  const { config, classes } = setup;
  const { width, height } = fittingSize(image, [config.longSide, config.scoredSide]);
  const view = {
    image: resizeLinear(image, width, height),
    ...{ boxes: new Float32Array(0), labels: new Int32Array(0), masks: [] },
  };
  const [objects] = tidy(() =>
    detect(objectTensors([view], config.padMultiple).images, {
      ...{ model, passes, classes, settings: settingsOf(setup), sizes: [[height, width]] },
    })
  );
  const scales = [width / image.width, height / image.height];
  return { ...objects!, boxes: objects!.boxes.map((side, i) => side / scales[i % 2]!) };
}

/** Scores of boxes and of masks, and what was found. */
export type DetectionScores = {
  box: CocoScores;
  mask: CocoScores;
  detections: CocoDetection[];
};

/** Options of {@linkcode evaluateDetection}. */
export type EvaluateDetectionOptions = FindOptions & {
  categories: readonly CocoCategory[];
  /** Learns how many images are done. */
  onImage?: (done: number) => void;
};

/**
 * Scores a detector on images with objects as COCO does.
 *
 * @throws {RangeError} If there are no images, or one is not of the size that its annotations say.
 */
export async function evaluateDetection(
  samples: readonly CocoSample[],
  model: Detector,
  { categories, onImage, ...options }: EvaluateDetectionOptions,
): Promise<DetectionScores> {
  if (samples.length === 0) throw new RangeError("Cannot score a detector on 0 images");
  const detections: CocoDetection[] = [];
  for (const [i, sample] of samples.entries()) {
    const image = await readMarked(sample);
    detections.push(...asCoco(findObjects(image, model, options), sample, {
      ...{ categories, image, threshold: settingsOf(options.setup).results.mask },
    }));
    onImage?.(i + 1);
  }
  const truth = cocoTruth(samples, categories);
  // Without its box the area of an object is that of its mask, as mmdetection scores masks.
  const masks = detections.map(({ bbox: _, ...detection }) => detection);
  return {
    box: cocoScores(truth, detections),
    mask: cocoScores(truth, masks, { kind: "segm" }),
    detections,
  };
}

/** Objects as COCO's files of results hold them. */
function asCoco(
  objects: DetectedObjects,
  { image: image_id }: CocoSample,
  { categories, image: { width, height }, threshold }: {
    categories: readonly CocoCategory[];
    image: Image;
    threshold: number;
  },
): CocoDetection[] {
  const masks = objectMasks(objects, { width, height, threshold });
  return masks.map((mask, i): CocoDetection => {
    const [left, top, right, bottom] = cornersOf(objects.boxes, i);
    return {
      image_id,
      category_id: categories[objects.labels[i]!]!.id,
      score: objects.scores[i]!,
      bbox: [left, top, right - left, bottom - top],
      segmentation: { size: [height, width], counts: rleToText(encodeRle(mask)) },
    };
  });
}
