import * as tf from "@tensorflow/tfjs";
import type { MocoV3Config } from "../../configs/mod.ts";
import { type Backbone, initResnet, initVit, type Vit } from "../../models/mod.ts";
import { sinePositions } from "../../nn/mod.ts";
import type { Random } from "../../random/mod.ts";
import { flatten, type Named, unflatten } from "../../tree/mod.ts";

/**
 * A new backbone. A vision transformer has fixed sine positions, and uniform weights by inputs and
 * outputs (Glorot and Bengio 2010), those of queries, keys and values each by themselves; a
 * residual network has blocks that begin as the identity.
 *
 * Source: MoCo-v3, `VisionTransformerMoCo` in vits.py; `zero_init_residual` in main_moco.py.
 */
export function initMocoV3Backbone(config: MocoV3Config, random: Random): Backbone {
  if (config.resnet) return initResnet(config.resnet, random, { zeroLast: true });
  const drawn = initVit(config, random);
  const named: Named = {};
  for (const [name, tensor] of Object.entries(flatten(drawn))) {
    const next = initial(name, tensor.shape, { config, random });
    if (next) tensor.dispose();
    named[name] = next ?? tensor;
  }
  return unflatten<Vit>(named);
}

/** The initial value of a tensor where it is not that of every vision transformer here. */
function initial(
  name: string,
  shape: number[],
  { config: { imageSize, patchSize, width }, random }: { config: MocoV3Config; random: Random },
): tf.Tensor | null {
  const side = imageSize / patchSize;
  if (name === "pos_embed") return sinePositions([side, side], width);
  if (name === "cls_token") return tf.tensor(random.normals(width, 0, 1e-6), shape);
  if (name === "patch_embed.proj.bias") return tf.zeros(shape);
  if (!name.endsWith(".weight") || shape.length === 1) return null;
  const [outputs, ...inner] = shape as [number, ...number[]];
  const inputs = inner.reduce((product, n) => product * n, 1);
  return glorot(random, shape, [inputs, name.endsWith("qkv.weight") ? outputs / 3 : outputs]);
}

function glorot(
  random: Random,
  shape: number[],
  [inputs, outputs]: [number, number],
): tf.Tensor {
  const limit = Math.sqrt(6 / (inputs + outputs));
  const size = shape.reduce((product, n) => product * n, 1);
  const values = Float32Array.from({ length: size }, () => random.uniform(-limit, limit));
  return tf.tensor(values, shape);
}
