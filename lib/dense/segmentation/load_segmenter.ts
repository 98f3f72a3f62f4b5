import type { Precision } from "../../compile/mod.ts";
import type { Image, Mask } from "../../images/mod.ts";
import { dispose } from "../../tree/mod.ts";
import { openSegmentation, restoreSegmentation } from "./checkpoint.ts";
import { compileSegmenter, predictClasses } from "./evaluate_segmentation.ts";
import type { SegmentationSetup } from "./setup.ts";

/** A trained segmenter; dispose of it at the end. */
export type LoadedSegmenter = Disposable & {
  setup: SegmentationSetup;
  /** The class of every pixel of an image, from 0. */
  classesOf(image: Image): Promise<Mask>;
};

/**
 * The segmenter in a checkpoint of its training.
 *
 * @throws {SyntaxError} If the file is damaged.
 * @throws {TypeError} If it is no checkpoint of a segmenter.
 */
export function loadSegmenter(
  path: string,
  { precision }: { precision?: Precision } = {},
): LoadedSegmenter {
  const stored = openSegmentation(path);
  const { model, ...rest } = restoreSegmentation(stored);
  dispose(rest);
  const { setup } = stored;
  const segmented = compileSegmenter(setup, { precision });
  return {
    setup,
    classesOf: (image) => predictClasses(image, model, { setup, segmented }),
    [Symbol.dispose]() {
      segmented[Symbol.dispose]();
      dispose(model);
    },
  };
}
