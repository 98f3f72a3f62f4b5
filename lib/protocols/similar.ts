import * as tf from "@tensorflow/tfjs";
import { type Dataset, evenlySpaced, type Sample } from "../datasets/mod.ts";
import type { Image } from "../images/mod.ts";
import { nearest } from "./knn.ts";
import type { Features } from "./score.ts";

/** An image with the name of its class. */
export type QueryImage = { image: Image; label: string };

/** An image with its cosine to a query. */
export type SimilarImage = QueryImage & { similarity: number };

/** Which images are looked up, and how many neighbors of each. */
export type SimilarOptions = {
  /** The level whose classes are named; by default the first one of the data. */
  level?: string;
  /** Rows of the test features, or how many, evenly spaced. */
  queries?: number | readonly number[];
  k?: number;
};

/**
 * The nearest training images of some test images by features, as pictures: the queries, and for
 * each its neighbors with their cosine, the most similar first.
 *
 * @param features Of both parts of `data`, in the order of their samples.
 * @throws {RangeError} If the features are not as many as the samples, or the data has no such
 * level.
 */
export async function similar(
  data: Dataset,
  features: { train: Pick<Features, "x">; test: Pick<Features, "x"> },
  { level = Object.keys(data.classes)[0] ?? "", queries = 5, k = 7 }: SimilarOptions = {},
): Promise<[queries: QueryImage[], neighbors: SimilarImage[][]]> {
  checkRows(data, features);
  const classes = data.classes[level];
  if (!classes) {
    const levels = Object.keys(data.classes).join(", ") || "none";
    throw new RangeError(`Cannot name the classes of "${level}": the levels are ${levels}`);
  }
  const rows = typeof queries === "number" ? evenlySpaced(queries, data.test.length) : [...queries];
  const neighbors = tf.tidy(() =>
    nearest(features.train.x, tf.gather(features.test.x, rows), { k })
  );
  const [index, cosines] = [await neighbors.index.array(), await neighbors.similarity.array()];
  tf.dispose(neighbors);
  const picture = async (sample: Sample) => ({
    image: await sample.read(),
    label: classes[sample.labels[level]!]!,
  });
  return [
    await Promise.all(rows.map((i) => picture(data.test[i]!))),
    await Promise.all(index.map((row, i) =>
      Promise.all(row.map(async (j, n) => ({
        ...await picture(data.train[j]!),
        similarity: cosines[i]![n]!,
      })))
    )),
  ];
}

function checkRows(
  data: Dataset,
  features: { train: Pick<Features, "x">; test: Pick<Features, "x"> },
): void {
  for (const part of ["train", "test"] as const) {
    const [rows, samples] = [features[part].x.shape[0], data[part].length];
    if (rows === samples) continue;
    throw new RangeError(`Cannot look up ${rows} features among ${samples} ${part} images`);
  }
}
