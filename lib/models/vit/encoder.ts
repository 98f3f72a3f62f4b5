import type * as tf from "@tensorflow/tfjs";
import { compile, type Precision } from "../../compile/mod.ts";
import { dispose, flatten, type Tree } from "../../tree/mod.ts";
import { displayedEncoder } from "../displayed_encoder.ts";
import type { Encoder, LastBlocks } from "../encoder.ts";
import { shapesOf } from "../shapes.ts";
import type { VitSizes } from "./config.ts";
import { classAttention } from "./last_attention.ts";
import { measureVit } from "./measure.ts";
import {
  imageFeatures,
  lastBlocks,
  memoryQuery,
  normTokens,
  patchFeatures,
  patchMean,
} from "./features.ts";
import { encodeTokens, tokensBefore, type Vit } from "./vit.ts";

/** A vision transformer as an encoder: its features are the class tokens after the last norm. */
export type VitEncoder = Encoder & {
  params: Vit;
  sizes: VitSizes;
  patches: NonNullable<Encoder["patches"]>;
  lastBlocks: NonNullable<Encoder["lastBlocks"]>;
  /**
   * How much the class token attends to each patch in the last block,
   * `[batch, heads, rows, columns]`.
   */
  attention(images: tf.Tensor4D): tf.Tensor4D;
  /**
   * The rows that Mugs' memory keeps of images: mean patch tokens after the last norm,
   * `[batch, width]`.
   */
  memoryRows(images: tf.Tensor4D): tf.Tensor2D;
  /**
   * What images ask that memory for: the mean of all tokens before the last norm, `[batch, width]`.
   */
  memoryQueries(images: tf.Tensor4D): tf.Tensor2D;
};

/** What a vision transformer's parameters do not tell. */
export type VitEncoderOptions = {
  /** Number of attention heads. */
  heads: number;
  /** What tables and progress lines call it. */
  name?: string;
  /** Whether the parameters were learned. */
  trained?: boolean;
  /** Precision of matrix products. */
  precision?: Precision;
};

/**
 * An encoder of a vision transformer's parameters, which become its own: it disposes of them. The
 * relation blocks have no part in what it computes.
 */
export function vitEncoder(
  params: Vit,
  { heads, name = "ViT", trained = true, precision = "float32" }: VitEncoderOptions,
): VitEncoder {
  const { relation_blocks: _, ...backbone } = params;
  const resources = new DisposableStack();
  resources.defer(() => dispose(params));
  const compiled = <T extends Tree>(f: (images: tf.Tensor4D, p: Vit) => T) => {
    const forward = resources.use(compile(f, { name, precision, held: [1] }));
    return (images: tf.Tensor4D) => forward(images, backbone);
  };
  const byCount = new Map<number, (images: tf.Tensor4D) => LastBlocks>();
  const sizes = { ...measureVit(shapesOf(flatten(params)), name), heads };
  const free = () => resources.dispose();
  return displayedEncoder({
    ...{ name, trained, params, sizes, width: sizes.width, multiple: sizes.patchSize },
    embed: compiled((images, p) => imageFeatures(images, p, { heads })),
    patches: compiled((images, p) => patchFeatures(images, p, { heads })),
    lastBlocks: (images, count) => {
      const forward = byCount.get(count) ??
        compiled((images, p) => lastBlocks(images, p, { heads, count }));
      byCount.set(count, forward);
      return forward(images);
    },
    attention: compiled((images, p) => classAttention(images, p, { heads })),
    memoryRows: compiled((images, p) =>
      patchMean(normTokens(encodeTokens(images, p, { heads }), p), tokensBefore(p))
    ),
    memoryQueries: compiled((images, p) => memoryQuery(encodeTokens(images, p, { heads }))),
    ...{ dispose: free, [Symbol.dispose]: free },
  });
}
