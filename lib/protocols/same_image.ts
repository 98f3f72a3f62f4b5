import * as tf from "@tensorflow/tfjs";
import type { Sample } from "../datasets/mod.ts";
import type { Image } from "../images/mod.ts";
import type { Vit } from "../models/mod.ts";
import { Random } from "../random/mod.ts";
import { type CropsConfig, multiCrop, normalize } from "../transforms/mod.ts";
import { nearest } from "./knn.ts";
import { network } from "./network.ts";
import type { NamedImage } from "./similar.ts";

/** How views are made and looked up. */
export type SameImageOptions = CropsConfig & {
  heads: number;
  seed?: number;
  k?: number;
  rows?: number;
};

/**
 * What the instance supervision asks: which view is of the same image? Of every image two large views are made as in
 * training; the first ones are the queries, and the second ones of all images are looked up by the cosine of their class
 * tokens. What bears the name of the query is its own other view.
 *
 * @param options `rows`: how many queries are told of; `k`: how many views each.
 * @returns Queries and, for each, the views that are most alike; and the percentage of all images whose own view is the
 * most alike.
 */
export async function sameImage(
  samples: Sample[],
  vit: Vit,
  { heads, seed = 0, k = 7, rows = 5, ...crops }: SameImageOptions,
): Promise<
  { queries: NamedImage[]; views: (NamedImage & { similarity: number })[][]; found: number }
> {
  const pairs = await Promise.all(samples.map(async (sample, i) => {
    const random = new Random(`${seed}/same image/${i}`);
    return multiCrop(await sample.read(), { ...crops, localCrops: 0 }, random).teacher;
  }));
  using embed = network(vit, { heads });
  const nearby = tf.tidy(() => {
    const [queries, views] = [0, 1].map((v) => embed(tensorOf(pairs.map((pair) => pair[v]))));
    return nearest(views, queries, { k: Math.min(k, samples.length) });
  });
  const [index, similarity] = [await nearby.index.array(), await nearby.similarity.array()];
  tf.dispose(nearby);
  const label = (i: number) => samples[i].id;
  return {
    queries: pairs.slice(0, rows).map(([image], i) => ({ image, label: label(i) })),
    views: index.slice(0, rows).map((row, i) =>
      row.map((j, n) => ({ image: pairs[j][1], label: label(j), similarity: similarity[i][n] }))
    ),
    found: 100 * index.filter(([first], i) => first === i).length / samples.length,
  };
}

/** Images of one size as a network takes them, `[images, size, size, 3]`. */
function tensorOf(images: readonly Image[]): tf.Tensor4D {
  const [{ width, height }] = images;
  const data = new Float32Array(images.length * width * height * 3);
  images.forEach((image, i) => normalize(image, data, i * width * height * 3));
  return tf.tensor4d(data, [images.length, height, width, 3]);
}
