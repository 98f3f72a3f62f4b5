import type { Precision } from "../compile/mod.ts";
import { type Dataset, type Sample } from "../datasets/mod.ts";
import { initVit, type Vit, type VitConfig } from "../models/mod.ts";
import { Random } from "../random/mod.ts";
import { colorHistogram, rawPixels } from "./baselines.ts";
import { describe } from "./describe.ts";
import { type FeatureOptions, features } from "./features.ts";
import { network } from "./network.ts";
import type { Features } from "./score.ts";

/** What features depend on beside images and weights: the fields of a configuration. */
export type Seen = Pick<FeatureOptions, "evalCrop"> & {
  imageSize: number;
  /** Pixels of the square that is scored; `null` for the image size. */
  evalSize: number | null;
  heads: number;
  /** Of matrix products; by default float32, whatever the network was trained in. */
  evalPrecision?: Precision;
};

/** Features of both parts of a data set. */
export type Pair = { train: Features; test: Features };

/**
 * The class tokens of a ViT for both parts of a data set.
 *
 * @throws {RangeError} If a part is empty, or a feature is not finite.
 */
export async function extract(
  data: Dataset,
  vit: Vit,
  { heads, imageSize, evalSize, evalCrop, evalPrecision, onProgress }:
    & Seen
    & Pick<FeatureOptions, "onProgress">,
): Promise<Pair> {
  using embed = network(vit, { heads, precision: evalPrecision });
  const part = (samples: Sample[], before: number) =>
    features(embed, samples, {
      size: evalSize ?? imageSize,
      evalCrop,
      classes: data.classes,
      onProgress: (done) => onProgress?.(before + done),
    });
  const train = await part(data.train, 0);
  return { train, test: await part(data.test, data.train.length) };
}

/** Features without a network: raw pixels and colour histogram. */
export async function baselines(
  data: Dataset,
  { evalCrop, onProgress }: Pick<FeatureOptions, "evalCrop" | "onProgress">,
): Promise<Record<"raw pixels" | "colour histogram", Pair>> {
  const makers = { "raw pixels": rawPixels, "colour histogram": colorHistogram };
  const part = (samples: Sample[], before: number) =>
    describe(makers, samples, {
      evalCrop,
      classes: data.classes,
      onProgress: (done) => onProgress?.(before + done),
    });
  const train = await part(data.train, 0);
  const test = await part(data.test, data.train.length);
  return {
    "raw pixels": { train: train["raw pixels"], test: test["raw pixels"] },
    "colour histogram": { train: train["colour histogram"], test: test["colour histogram"] },
  };
}

/** The ViT that pre-training of this seed begins with; weights that lie alone in a file tell no more than these sizes. */
export function untrained(config: Omit<VitConfig, "dropPath"> & { seed: number }): Vit {
  const random = new Random(`${config.seed}/state`).fork("student").fork("backbone");
  return initVit({ ...config, dropPath: 0 }, random);
}
