import type * as tf from "@tensorflow/tfjs";
import type { Tree } from "../tree/mod.ts";

/** Tokens after the last blocks of a backbone and its final norm. */
export type LastBlocks = {
  /** The class tokens after each block, the earliest first, `[batch, width]` each. */
  classTokens: tf.Tensor2D[];
  /** The mean patch token after the last block, `[batch, width]`. */
  patchMean: tf.Tensor2D;
};

/**
 * A backbone that makes features of images: all that a protocol knows of it. Its functions are
 * compiled when they are first called. Images are `[batch, height, width, 3]`, normalized.
 */
export type Encoder = Disposable & {
  /** What tables and progress lines call it. */
  name: string;
  /** Whether its parameters were learned; `false` for a random initialization. */
  trained: boolean;
  /** Its tensors, under the names of the published checkpoints. */
  params: Tree;
  /** Length of a feature. */
  width: number;
  /** Height and width of an image must be multiples of this number of pixels. */
  multiple: number;
  /** The features of images, `[batch, width]`. */
  embed(images: tf.Tensor4D): tf.Tensor2D;
  /** The features of their places, `[batch, rows, columns, channels]`. */
  patches?(images: tf.Tensor4D): tf.Tensor4D;
  /**
   * The tokens after its last blocks.
   *
   * @throws {RangeError} If it has fewer.
   */
  lastBlocks?(images: tf.Tensor4D, count: number): LastBlocks;
  /** Frees its parameters and what was compiled; `using` does the same. */
  dispose(): void;
};
