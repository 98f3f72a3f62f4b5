import * as tf from "@tensorflow/tfjs";
import { truncatedNormal, uniformByInputs } from "../../nn/mod.ts";
import type { Random } from "../../random/mod.ts";
import { unflatten } from "../../tree/mod.ts";
import { checkVit, type VitConfig, type VitSizes } from "./config.ts";
import { vitShapes } from "./shapes.ts";
import type { Vit } from "./vit.ts";

/**
 * A new model as the reference makes it: truncated normal 0.02 for linear weights, class token and
 * positions, zero biases, and PyTorch's default for the patch projection.
 *
 * @throws {RangeError} If the sizes do not fit together.
 */
export function initVit(sizes: VitSizes & Partial<VitConfig>, random: Random): Vit {
  checkVit(sizes);
  const entries = Object.entries(vitShapes(sizes))
    .map(([name, shape]) => [name, initTensor(name, shape, { random, sizes })]);
  return unflatten<Vit>(Object.fromEntries(entries));
}

function initTensor(
  name: string,
  shape: number[],
  { random, sizes: { patchSize } }: { random: Random; sizes: VitSizes },
): tf.Tensor {
  if (name.startsWith("patch_embed.")) return uniformByInputs(random, shape, 3 * patchSize ** 2);
  if (/norm\d?\.weight$/.test(name)) return tf.ones(shape);
  if (name.endsWith(".bias")) return tf.zeros(shape);
  return truncatedNormal(random, shape);
}
