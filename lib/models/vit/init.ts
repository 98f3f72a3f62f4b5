import type * as tf from "@tensorflow/tfjs";
import { initLayerNorm, initLinear, truncatedNormal, uniformByInputs } from "../../nn/mod.ts";
import type { Random } from "../../random/mod.ts";
import { checkVit, type VitConfig } from "./config.ts";
import type { Block, Vit } from "./vit.ts";

/**
 * A new model as the reference makes it: truncated normal 0.02 for linear weights, class token and positions, zero
 * biases, and PyTorch's default for the patch projection.
 *
 * @throws {RangeError} If the sizes do not fit together.
 */
export function initVit(config: VitConfig, random: Random): Vit {
  checkVit(config);
  const { imageSize, patchSize, width, depth, relationBlocks } = config;
  const positions = 1 + (imageSize / patchSize) ** 2;
  const inputs = 3 * patchSize ** 2;
  return {
    cls_token: truncatedNormal<tf.Rank.R3>(random, [1, 1, width]),
    pos_embed: truncatedNormal<tf.Rank.R3>(random, [1, positions, width]),
    patch_embed: {
      proj: {
        weight: uniformByInputs<tf.Rank.R4>(random, [width, 3, patchSize, patchSize], inputs),
        bias: uniformByInputs<tf.Rank.R1>(random, [width], inputs),
      },
    },
    blocks: Array.from({ length: depth }, () => initBlock(config, random)),
    norm: initLayerNorm(width),
    ...relationBlocks && {
      relation_blocks: Array.from({ length: relationBlocks }, () => initBlock(config, random)),
    },
  };
}

function initBlock({ width, mlpRatio }: VitConfig, random: Random): Block {
  const hidden = width * mlpRatio;
  return {
    norm1: initLayerNorm(width),
    attn: {
      qkv: initLinear(random, [width, 3 * width]),
      proj: initLinear(random, [width, width]),
    },
    norm2: initLayerNorm(width),
    mlp: {
      fc1: initLinear(random, [width, hidden]),
      fc2: initLinear(random, [hidden, width]),
    },
  };
}
