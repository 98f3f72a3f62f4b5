import * as tf from "@tensorflow/tfjs";
import { uniformByInputs } from "../../nn/mod.ts";
import type { Random } from "../../random/mod.ts";
import { unflatten } from "../../tree/mod.ts";
import { checkResnet, type ResnetSizes, resnetWidth } from "./sizes.ts";
import type { Resnet } from "./resnet.ts";
import { resnetShapes } from "./shapes.ts";

/** Options of {@linkcode initResnet}. */
export type InitResnetOptions = {
  /** Outputs of the classifier; without it there is none. */
  classes?: number;
  /** Whether the last scale of each block begins at 0, so that the block passes its input on. */
  zeroLast?: boolean;
};

/**
 * A new network as torchvision makes it: normal weights by the outputs of each convolution, batch
 * normalizations that leave scale and shift as they are.
 *
 * @throws {RangeError} If a size is not a whole number above 0.
 */
export function initResnet(
  sizes: ResnetSizes,
  random: Random,
  { classes, zeroLast = false }: InitResnetOptions = {},
): Resnet {
  checkResnet(sizes);
  const inputs = resnetWidth(sizes); // of the classifier
  const last = sizes.block === "basic" ? "bn2.weight" : "bn3.weight";
  const entries = Object.entries(resnetShapes(sizes, { classes })).map(([name, shape]) => {
    if (zeroLast && name.endsWith(last)) return [name, tf.zeros(shape)];
    if (!name.startsWith("fc.")) return [name, initial(name, shape, random)];
    return [name, uniformByInputs(random, shape as [number], inputs)];
  });
  return unflatten<Resnet>(Object.fromEntries(entries));
}

function initial(name: string, shape: number[], random: Random): tf.Tensor {
  if (shape.length === 4) return kaimingNormal(shape as tf.Tensor4D["shape"], random);
  if (name.endsWith("num_batches_tracked")) return tf.scalar(0, "int32");
  return /\.(weight|running_var)$/.test(name) ? tf.ones(shape) : tf.zeros(shape);
}

/** Normal numbers of deviation √(2 / (out · height · width)) (He et al. 2015, by outputs). */
function kaimingNormal(shape: tf.Tensor4D["shape"], random: Random): tf.Tensor4D {
  const [out, inputs, height, width] = shape;
  const deviation = Math.sqrt(2 / (out * height * width));
  return tf.tensor4d(random.normals(out * inputs * height * width, 0, deviation), shape);
}
