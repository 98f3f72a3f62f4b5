import * as tf from "@tensorflow/tfjs";
import { type Sequential, truncatedNormal, uniformByInputs, type WeightNorm } from "../nn/mod.ts";
import type { Random } from "../random/mod.ts";
import { type Shapes, unflatten } from "../tree/mod.ts";
import {
  contrastHeadShapes,
  groupHeadShapes,
  type ProjectorKind,
  projectorShapes,
  prototypeShapes,
} from "./head_shapes.ts";
import type { ContrastHead, GroupHead, HeadsConfig } from "./heads.ts";

/**
 * A new instance or local-group head for tokens of `width`: the projector truncated normal 0.02,
 * the predictor at PyTorch's default, as the reference leaves it. All are without bias.
 *
 * @param predictor Whether it has a predictor: a student has, a teacher has not.
 */
export function initContrastHead(
  random: Random,
  config: HeadsConfig,
  options: { width: number; predictor: boolean },
): ContrastHead {
  return draw(random, contrastHeadShapes(config, options));
}

/**
 * A new group head for tokens of `width`: the projector truncated normal 0.02, prototypes of unit
 * length.
 */
export function initGroupHead(
  random: Random,
  config: HeadsConfig,
  options: { width: number },
): GroupHead {
  return draw(random, groupHeadShapes(config, options));
}

/** New prototypes of unit length, their directions at PyTorch's default. */
export function initPrototypes(random: Random, sizes: [number, number]): WeightNorm {
  return draw(random, prototypeShapes(sizes));
}

/** New layers of a projector, truncated normal 0.02. */
export function initProjector(random: Random, sizes: number[], kind: ProjectorKind): Sequential {
  return draw(random, projectorShapes(sizes, kind));
}

/** Draws the tensors of a head, one after the other. */
function draw<T extends Sequential | WeightNorm | ContrastHead | GroupHead>(
  random: Random,
  shapes: Shapes,
): T {
  const tensors = Object.entries(shapes).map(([name, shape]) => [name, drawn(name, shape, random)]);
  return unflatten<T>(Object.fromEntries(tensors));
}

function drawn(name: string, shape: number[], random: Random): tf.Tensor {
  const [, inputs] = shape;
  if (name.endsWith("num_batches_tracked")) return tf.scalar(0, "int32");
  if (/(bias|running_mean)$/.test(name)) return tf.zeros(shape);
  if (name.endsWith("weight_g") || inputs === undefined) return tf.ones(shape); // normalization
  return /(predictor\..*|weight_v)$/.test(name)
    ? uniformByInputs(random, shape, inputs)
    : truncatedNormal(random, shape);
}
