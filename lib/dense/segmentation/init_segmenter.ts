import * as tf from "@tensorflow/tfjs";
import { initVit, type Vit } from "../../models/mod.ts";
import { resizePositions, uniformByInputs } from "../../nn/mod.ts";
import { Random } from "../../random/mod.ts";
import { dispose, flatten, type Named, unflatten } from "../../tree/mod.ts";
import type { Segmenter } from "./network.ts";
import { type SegmentationSetup, segmenterShapes } from "./setup.ts";

/**
 * A new segmenter, initialized as mmsegmentation does.
 *
 * @param backbone The weights to begin with, which become the segmenter's; by default new ones.
 */
export function initSegmenter(setup: SegmentationSetup, backbone?: Vit): Segmenter {
  const random = new Random(`${setup.config.seed}/state`);
  const vit = backbone
    ? fitting(backbone, setup)
    : initVit(setup.backbone, random.fork("student").fork("backbone"));
  const named: Named = flatten({ backbone: vit });
  for (const [name, shape] of Object.entries(segmenterShapes(setup))) {
    named[name] ??= initTensor(name, shape, random.fork(name));
  }
  return unflatten<Segmenter>(named);
}

function initTensor(name: string, shape: number[], random: Random): tf.Tensor {
  const [out = 1, inputs = 1, height = 1, width = 1] = shape;
  if (name.endsWith("num_batches_tracked")) return tf.scalar(0, "int32");
  // PyTorch counts the second axis as inputs, which of transposed convolutions is their output.
  if (/fpn\d\.[03]\.weight$/.test(name)) return uniformByInputs(random, shape, inputs * 4);
  if (/fpn\d\.[03]\.bias$/.test(name)) return uniformByInputs(random, shape, out * 4);
  if (/(bias|running_mean)$/.test(name)) return tf.zeros(shape);
  if (shape.length === 1) return tf.ones(shape);
  const deviation = name.endsWith("conv_seg.weight") ? 0.01 : Math.sqrt(2 / (out * height * width));
  return tf.tensor(random.normals(out * inputs * height * width, 0, deviation), shape);
}

/** The tensors of a loaded backbone that are read, its positions for the crop of the recipe. */
function fitting(backbone: Vit, { backbone: sizes }: SegmentationSetup): Vit {
  const { relation_blocks = [], masked_embed, ...vit } = backbone;
  dispose(relation_blocks, masked_embed ?? []);
  const side = sizes.imageSize / sizes.patchSize;
  const pos_embed = tf.tidy(() => resizePositions(vit.pos_embed, [side, side], { surplus: 0 }));
  if (pos_embed !== vit.pos_embed) vit.pos_embed.dispose();
  return { ...vit, pos_embed };
}
