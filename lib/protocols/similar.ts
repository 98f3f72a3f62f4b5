import * as tf from "@tensorflow/tfjs";
import type { Dataset, Sample } from "../datasets/mod.ts";
import type { Image } from "../images/mod.ts";
import { nearest } from "./knn.ts";
import type { Features } from "./score.ts";

/** An image with the name of its class. */
export type NamedImage = { image: Image; label: string };

/** Which images are asked for, and how many neighbors each. */
export type SimilarOptions = {
  /** The level whose classes are named; by default the first one of the data. */
  level?: string;
  /** Rows of the test features, or how many, taken at equal distances. */
  queries?: number | readonly number[];
  k?: number;
};

/**
 * The nearest training images of some test images by features, as pictures: the queries, and for each its neighbors with their
 * cosine, the most similar first.
 *
 * @param features Of both parts of `data`, in the order of their samples.
 * @throws {RangeError} If the features are not as many as the samples, or the data has no such level.
 */
export async function similar(
  data: Dataset,
  features: { train: Pick<Features, "x">; test: Pick<Features, "x"> },
  { level = Object.keys(data.classes)[0], queries = 5, k = 7 }: SimilarOptions = {},
): Promise<[queries: NamedImage[], neighbors: (NamedImage & { similarity: number })[][]]> {
  for (const part of ["train", "test"] as const) {
    const [rows, samples] = [features[part].x.shape[0], data[part].length];
    if (rows !== samples) {
      throw new RangeError(`Cannot look up ${rows} features among ${samples} ${part} images`);
    }
  }
  if (!(level in data.classes)) {
    const known = Object.keys(data.classes).join(", ") || "none";
    throw new RangeError(`Cannot name the classes of "${level}": the levels are ${known}`);
  }
  const asked = typeof queries === "number" ? evenly(queries, data.test.length) : [...queries];
  const found = tf.tidy(() => nearest(features.train.x, tf.gather(features.test.x, asked), { k }));
  const [rows, cosines] = await Promise.all([found.index.array(), found.similarity.array()]);
  tf.dispose(found);
  const name = async (sample: Sample) => ({
    image: await sample.read(),
    label: data.classes[level][sample.labels[level]],
  });
  return [
    await Promise.all(asked.map((i) => name(data.test[i]))),
    await Promise.all(rows.map((row, i) =>
      Promise.all(row.map(async (j, n) => ({
        ...await name(data.train[j]),
        similarity: cosines[i][n],
      })))
    )),
  ];
}

/** Places at equal distances among `length`. */
function evenly(count: number, length: number): number[] {
  const most = Math.min(count, length);
  return Array.from({ length: most }, (_, i) => Math.floor((i + 0.5) * length / most));
}
