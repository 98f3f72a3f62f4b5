import type { Dataset, Sample } from "../datasets/mod.ts";
import type { Image } from "../images/mod.ts";
import { normalizePixels } from "../transforms/mod.ts";
import { describe, type DescribeOptions } from "./describe.ts";
import type { FeaturePair } from "./extract.ts";

/** The pixels themselves as network input: `side * side * 3` numbers. */
export function rawPixels(image: Image): Float32Array {
  const pixels = new Float32Array(image.data.length);
  normalizePixels(image, pixels);
  return pixels;
}

/**
 * How often each color occurs, 8 bins a channel and 512 together, as square roots: the cosine of
 * two of them is the Bhattacharyya coefficient of the colors.
 */
export function colorHistogram({ data }: Image): Float32Array {
  const counts = new Float32Array(512);
  for (let i = 0; i < data.length; i += 3) {
    counts[(data[i]! >> 5) << 6 | (data[i + 1]! >> 5) << 3 | data[i + 2]! >> 5]!++;
  }
  return counts.map((count) => Math.sqrt(count * 3 / data.length));
}

const descriptions = { "raw pixels": rawPixels, "color histogram": colorHistogram };

/**
 * What any learned features should beat, for both parts of a data set: raw pixels and color
 * histograms.
 *
 * @throws {Error} If images cannot be read; the message lists them.
 */
export async function baselines(
  data: Dataset,
  { evalCrop, onProgress, processes }: Omit<DescribeOptions, "classes">,
): Promise<Record<"raw pixels" | "color histogram", FeaturePair>> {
  const part = (samples: Sample[], before: number) =>
    describe(descriptions, samples, {
      evalCrop,
      classes: data.classes,
      onProgress: (done) => onProgress?.(before + done),
      processes,
    });
  const train = await part(data.train, 0);
  const test = await part(data.test, data.train.length);
  const pair = (name: keyof typeof descriptions) => ({ train: train[name], test: test[name] });
  return { "raw pixels": pair("raw pixels"), "color histogram": pair("color histogram") };
}
