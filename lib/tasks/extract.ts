import type { Sizes } from "../checkpoint/mod.ts";
import type { Dataset, Sample } from "../datasets/mod.ts";
import type { Vit } from "../models/mod.ts";
import type { Features } from "../protocols/mod.ts";
import { counter } from "./progress.ts";
import type { Seen } from "./seen.ts";

/** Features of both parts of a data set. */
export type Pair = { train: Features; test: Features };

/** The class tokens of a ViT for both parts; the test part is `null` where the data has none. */
export async function extract(
  data: Dataset,
  vit: Vit,
  seen: Seen,
  name: string,
): Promise<{ train: Features; test: Features | null }> {
  const { features, network } = await import("../protocols/mod.ts");
  using embed = network(vit, seen);
  const progress = counter(`features of ${name}`, data.train.length + data.test.length);
  const part = (samples: Sample[], before: number) =>
    features(embed, samples, {
      size: seen.evalSize ?? seen.imageSize,
      evalCrop: seen.evalCrop,
      classes: data.classes,
      onProgress: (done) => progress(before + done),
    });
  const train = await part(data.train, 0);
  const test = data.test.length ? await part(data.test, data.train.length) : null;
  return { train, test };
}

/** Features without a network: raw pixels and colour histogram. */
export async function plain(
  data: Dataset,
  { evalCrop }: Pick<Seen, "evalCrop">,
): Promise<Record<"raw pixels" | "colour histogram", Pair>> {
  const { colorHistogram, describe, rawPixels } = await import("../protocols/mod.ts");
  const makers = { "raw pixels": rawPixels, "colour histogram": colorHistogram };
  const options = { evalCrop, classes: data.classes };
  const train = await describe(makers, data.train, options);
  const test = await describe(makers, data.test, options);
  return {
    "raw pixels": { train: train["raw pixels"], test: test["raw pixels"] },
    "colour histogram": { train: train["colour histogram"], test: test["colour histogram"] },
  };
}

/** The ViT that pre-training of this seed begins with; weights that lie alone in a file tell no more than these sizes. */
export async function untrained(config: Sizes & { seed: number }): Promise<Vit> {
  const { initVit } = await import("../models/mod.ts");
  const { Random } = await import("../random/mod.ts");
  const random = new Random(`${config.seed}/state`).fork("student").fork("backbone");
  return initVit({ ...config, dropPath: 0 }, random);
}

/** Frees the features of both parts. */
export async function free({ train, test }: Pair): Promise<void> {
  const { dispose } = await import("../tree/mod.ts");
  dispose(train.x, train.labels, test.x, test.labels);
}
