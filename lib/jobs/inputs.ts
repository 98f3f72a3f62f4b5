import type { BackboneOptions } from "../models/mod.ts";
import type { Backend, Precision } from "../compile/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { checkParts } from "./check_parts.ts";
import { evalView, type ViewRequest } from "./eval_view.ts";
import type { Observer } from "./observer.ts";
import { type LabelRequest, openData } from "./open_data.ts";
import { openWeights, type Weights } from "./weights.ts";

/** Weights and images by their paths, and how they are read. */
export type InputRequest = BackboneOptions & ViewRequest & LabelRequest & {
  /** Seed of the images that are drawn for a share. */
  seed?: number;
  checkpoint: string;
  /** The folder of images, or an opened data set; without one the granules. */
  data?: string | Dataset | undefined;
  /** Precision of matrix products. */
  precision?: Precision;
};

/** Weights, and the images that they are shown. */
export type Inputs = {
  weights: Weights;
  data: Dataset;
  config: ReturnType<typeof evalView<Weights["config"]>>;
  /** Precision of matrix products. */
  precision: Precision;
};

/** How a job computes. */
export type ComputeRequest = {
  /** By default the best that this machine has. */
  backend?: Backend;
  /** Whether images that cannot be read are left out. */
  skipBad?: boolean;
};

/**
 * Opens weights and images.
 *
 * @param options `scored`: whether the images need labels and a test part.
 * @throws {Error} If weights or images cannot be used.
 */
export async function openInputs(
  { checkpoint, data: folder, precision = "float32", key, heads, partial, ...request }:
    InputRequest,
  { scored, observer }: { scored: boolean; observer?: Observer },
): Promise<Inputs> {
  checkParts(request);
  const weights = await openWeights(checkpoint, { key, heads, partial });
  const config = evalView(request, weights.config);
  const { imageSize, exif } = config;
  const { labels, labelShare, images, asOriginal, seed } = request;
  const data = await openData(
    folder,
    { scored, imageSize, exif, labels, labelShare, images, asOriginal, seed },
    observer,
  );
  return { weights, config, data, precision };
}
