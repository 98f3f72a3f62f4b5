import * as tf from "@tensorflow/tfjs";
import { compile } from "../compile/mod.ts";
import type { Dataset, Sample } from "../datasets/mod.ts";
import {
  classTokens,
  encodeTokens,
  memoryQuery,
  normTokens,
  patchMean,
  relate,
  tokensBefore,
  type Vit,
  type VitEncoder,
} from "../models/mod.ts";
import { Random } from "../random/mod.ts";
import { evalSide, type EvalView } from "./eval_view.ts";
import { features } from "./features.ts";
import { nearest } from "./knn.ts";
import type { Features } from "./score.ts";

/** What of a vision transformer is scored. */
export type ReadOut = "class token" | "local-group token" | "patch mean";

/** All of them, in the order in which they stand side by side. */
export const readOutNames: readonly ReadOut[] = [
  "class token",
  "local-group token",
  "patch mean",
];

/** What the read-outs of an encoder need beside it. */
export type ReadOutOptions = EvalView & {
  /** Neighbors of an image in the relation blocks. */
  neighbors: number;
};

/** All read-outs of an encoder in one pass. Its functions are freed by `using`. */
export type ReadOuts = Disposable & {
  /** The read-outs of images side by side, `[batch, 3 * width]`. */
  embed(images: tf.Tensor4D): tf.Tensor2D;
  /** One of them, `[batch, width]`. */
  select(all: tf.Tensor2D, name: ReadOut): tf.Tensor2D;
};

/** Images that fill a memory, and a data set without them, which is scored. */
export type WithMemory = { remembered: Sample[]; scored: Dataset };

/**
 * Draws half of the images to learn from, always the same, to be a memory: an image that is scored
 * is then never among its own neighbors.
 */
export function withMemory(data: Dataset): WithMemory {
  const order = new Random("read-outs/memory").permutation(data.train.length);
  const half = Math.floor(order.length / 2);
  const rows = (indices: Uint32Array) => Array.from(indices.toSorted(), (i) => data.train[i]!);
  const train = rows(order.subarray(half));
  return { remembered: rows(order.subarray(0, half)), scored: { ...data, train } };
}

/**
 * The read-outs of a vision transformer: the class token, which the instance and the group
 * supervision train; the local-group token, which is what the relation blocks make of an image and
 * its nearest neighbors in a memory (Mugs, section 3.2); and the mean of the patch tokens, which
 * that memory keeps.
 *
 * @param remembered The images of the memory, at least as many as the neighbors.
 * @throws {RangeError} If there are fewer.
 */
export async function readOuts(
  { params, sizes: { heads, width }, name }: Pick<VitEncoder, "params" | "sizes" | "name">,
  remembered: Sample[],
  { neighbors, ...view }: ReadOutOptions,
): Promise<ReadOuts> {
  if (remembered.length < neighbors) {
    throw new RangeError(
      `Cannot find ${neighbors} \`neighbors\` among ${remembered.length} images: give more images`,
    );
  }
  const pass = compile((images: tf.Tensor4D, p: Vit) => {
    const tokens = encodeTokens(images, p, { heads });
    const patches = patchMean(normTokens(tokens, p), tokensBefore(p));
    return tf.concat([classTokens(tokens, p), memoryQuery(tokens), patches], 1) as tf.Tensor2D;
  }, { name: `read-outs of ${name}`, held: [1] });
  const { relation_blocks: _, ...backbone } = params;
  const tokens = (images: tf.Tensor4D) => pass(images, backbone);
  const column = (x: tf.Tensor2D, i: number) => x.slice([0, i * width], [-1, width]);
  const options = { size: evalSide(view), evalCrop: view.evalCrop, classes: {} };
  const { x: memory } = await features((images) => column(tokens(images), 2), remembered, options);
  return {
    embed: (images) =>
      tf.tidy(() => {
        const all = tokens(images);
        const [token, query, patches] = [column(all, 0), column(all, 1), column(all, 2)];
        const { index } = nearest(memory, query, { k: neighbors });
        const rows = tf.gather(memory as tf.Tensor, index) as tf.Tensor3D;
        const related = relate(params, { query, neighbors: rows, heads });
        return tf.concat([token, related, patches], 1) as tf.Tensor2D;
      }),
    select: (all, name) => column(all, readOutNames.indexOf(name)),
    [Symbol.dispose]() {
      pass[Symbol.dispose]();
      memory.dispose();
    },
  };
}

/** Some columns of the features of all read-outs. */
export function selectReadOut(
  { x, ...labels }: Features,
  { select }: Pick<ReadOuts, "select">,
  name: ReadOut,
): Features {
  return { ...labels, x: select(x, name) };
}
