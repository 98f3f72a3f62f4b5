import type { Precision } from "../../compile/mod.ts";
import type { Image, Mask } from "../../images/mod.ts";
import { dispose } from "../../tree/mod.ts";
import { type Corners, cornersOf } from "./boxes.ts";
import { objectMasks } from "./detect.ts";
import { openDetection, restoreDetection } from "./detection_checkpoint.ts";
import { compileDetectorPasses } from "./detector_passes.ts";
import { findObjects } from "./evaluate_detector.ts";
import { type DetectionSetup, passOf, settingsOf } from "./setup.ts";

/** An object in an image. */
export type ImageObject = {
  /** Its corners in pixels of the image. */
  box: Corners;
  /** 1 for its pixels, of the size of the image. */
  mask: Mask;
  /** Its class, from 0. */
  label: number;
  /** How sure that is, from 0 to 1. */
  score: number;
};

/** A trained detector; dispose of it at the end. */
export type LoadedDetector = Disposable & {
  setup: DetectionSetup;
  /** The objects in an image, the surest first. */
  objectsIn(image: Image): ImageObject[];
};

/**
 * The detector in a checkpoint of its training.
 *
 * @throws {SyntaxError} If the file is damaged.
 * @throws {TypeError} If it is no checkpoint of a detector.
 */
export function loadDetector(
  path: string,
  { precision }: { precision?: Precision } = {},
): LoadedDetector {
  const stored = openDetection(path);
  const { model, ...rest } = restoreDetection(stored);
  dispose(rest);
  const { setup } = stored;
  const { mask: threshold } = settingsOf(setup).results;
  const passes = compileDetectorPasses({ ...passOf(setup), training: false, precision });
  return {
    setup,
    objectsIn(image) {
      const objects = findObjects(image, model, { setup, passes });
      const { width, height } = image;
      return objectMasks(objects, { width, height, threshold }).map((mask, i): ImageObject => ({
        ...{ box: cornersOf(objects.boxes, i), mask },
        ...{ label: objects.labels[i]!, score: objects.scores[i]! },
      }));
    },
    [Symbol.dispose]() {
      passes[Symbol.dispose]();
      dispose(model);
    },
  };
}
