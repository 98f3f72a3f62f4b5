import * as tf from "@tensorflow/tfjs";
import { initVit, type Vit } from "../../models/mod.ts";
import { resizePositions, uniformByInputs } from "../../nn/mod.ts";
import { Random } from "../../random/mod.ts";
import { dispose, flatten, type Named, unflatten } from "../../tree/mod.ts";
import type { Detector } from "./detector.ts";
import { type DetectionSetup, detectorShapes } from "./setup.ts";

/**
 * A new detector, initialized as mmdetection does.
 *
 * @param backbone The weights to begin with, which become the detector's; by default new ones.
 */
export function initDetector(setup: DetectionSetup, backbone?: Vit): Detector {
  const random = new Random(`${setup.config.seed}/state`);
  const vit = backbone ?? initVit(setup.backbone, random.fork("student").fork("backbone"));
  const named: Named = flatten({ backbone: fitting(vit, setup) });
  for (const [name, shape] of Object.entries(detectorShapes(setup))) {
    named[name] ??= initTensor(name, shape, random.fork(name));
  }
  return unflatten<Detector>(named);
}

function initTensor(name: string, shape: number[], random: Random): tf.Tensor {
  const [out = 1, inputs = 1, height = 1, width = 1] = shape;
  const places = height * width;
  const normal = (deviation: number) =>
    tf.tensor(random.normals(out * inputs * places, 0, deviation), shape);
  const uniform = (limit: number) =>
    tf.tensor(
      Float32Array.from({ length: out * inputs * places }, () => random.uniform(-limit, limit)),
      shape,
    );
  if (name.endsWith("num_batches_tracked")) return tf.scalar(0, "int32");
  // PyTorch counts the second axis as inputs, which of transposed convolutions is their output.
  if (/fpn\d\.[03]\.weight$/.test(name)) return uniformByInputs(random, shape, inputs * places);
  if (/fpn\d\.[03]\.bias$/.test(name)) return uniformByInputs(random, shape, out * 4);
  if (/(bias|running_mean)$/.test(name)) return tf.zeros(shape);
  if (shape.length === 1) return tf.ones(shape);
  if (/rpn_head|fc_cls/.test(name)) return normal(0.01);
  if (name.includes("fc_reg")) return normal(0.001);
  if (/^neck|shared_fcs/.test(name)) return uniform(Math.sqrt(6 / ((out + inputs) * places)));
  return normal(Math.sqrt(2 / (out * places)));
}

/** The tensors of a backbone that are read, with positions for the grid of the recipe. */
function fitting(backbone: Vit, { backbone: sizes, grid }: DetectionSetup): Omit<Vit, "norm"> {
  const { norm, relation_blocks = [], masked_embed, ...vit } = backbone;
  dispose(norm, relation_blocks, masked_embed ?? []);
  const side = sizes.imageSize / sizes.patchSize;
  const pos_embed = tf.tidy(() =>
    resizePositions(vit.pos_embed, grid, { surplus: 0, from: [side, side] })
  );
  if (pos_embed !== vit.pos_embed) vit.pos_embed.dispose();
  return { ...vit, pos_embed };
}
