import * as tf from "@tensorflow/tfjs";
import { readAll, type Sample } from "../datasets/mod.ts";
import { blank, type Image } from "../images/mod.ts";
import { evalCrop as cropImage } from "../transforms/mod.ts";
import { type FeatureOptions, labelTensors } from "./features.ts";
import type { Features } from "./score.ts";
import { SharedRows } from "./shared_rows.ts";

/** Side in pixels of the square at which images are described without a network. */
export const baselineSize = 64;

/** Images that are described at a time. */
const batchSize = 64;

/** How images are described. */
export type DescribeOptions = Pick<
  FeatureOptions,
  "evalCrop" | "classes" | "onProgress" | "processes"
>;

/**
 * Features that need no network, several at a time so that each image is read once.
 *
 * @param descriptions What to compute of an image of {@linkcode baselineSize} pixels a side, by
 * name.
 * @throws {Error} If images cannot be read: all of them are tried first, and the message lists
 * them.
 */
export async function describe<Name extends string>(
  descriptions: Record<Name, (image: Image) => Float32Array>,
  samples: Sample[],
  { evalCrop, classes, onProgress, processes }: DescribeOptions,
): Promise<Record<Name, Features>> {
  const names = Object.keys(descriptions) as Name[];
  using stack = new DisposableStack();
  const columns = names.map((name) => {
    const rows = stack.use(new SharedRows(samples, { batchSize, processes }));
    return { name, rows };
  });
  const [first] = columns;
  const add = async (squares: readonly Image[]) => {
    for (const { name, rows } of columns) {
      const description = descriptions[name];
      const x = tf.tidy(() => tf.stack(squares.map((square) => tf.tensor1d(description(square)))));
      await rows.add(x as tf.Tensor2D);
    }
    onProgress?.(first!.rows.done);
  };
  for await (const { images } of readAll(first!.rows.samples, batchSize)) {
    await add(images.map((image) => cropImage(image, baselineSize, { evalCrop })));
  }
  // In the last round others may have a batch where this process has none.
  while (first!.rows.done < samples.length) await add([blank(baselineSize, baselineSize)]);
  const entries = columns.map(({ name, rows }) => [name, {
    x: rows.toTensor(),
    ...labelTensors(samples, classes),
  }]);
  return Object.fromEntries(entries);
}
