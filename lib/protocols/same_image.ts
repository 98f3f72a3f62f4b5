import * as tf from "@tensorflow/tfjs";
import { imageTensor, type Sample } from "../datasets/mod.ts";
import type { Encoder } from "../models/mod.ts";
import { Random } from "../random/mod.ts";
import { type CropsConfig, largeViews, makeViews } from "../transforms/mod.ts";
import { nearest } from "./knn.ts";
import type { QueryImage, SimilarImage } from "./similar.ts";

/** How views are made and looked up. */
export type SameImageOptions = CropsConfig & {
  seed?: number;
  /** Views that are returned for each query. */
  k?: number;
  /** Queries that are returned. */
  rows?: number;
};

/** Queries with the views most alike, and the percentage of all images that find themselves. */
export type SameImage = { queries: QueryImage[]; views: SimilarImage[][]; found: number };

/**
 * What the instance supervision asks: which view is of the same image? Of every image two large
 * views are made as in training; the first ones are the queries, and the second ones of all images
 * are looked up by the cosine of their features. The view with the label of its query is of the
 * same image.
 */
export async function sameImage(
  samples: Sample[],
  { embed }: Pick<Encoder, "embed">,
  { seed = 0, k = 7, rows = 5, ...crops }: SameImageOptions,
): Promise<SameImage> {
  const plan = [{ name: "large", ...largeViews(crops) }];
  const pairs = await Promise.all(samples.map(async (sample, i) => {
    const random = new Random(`${seed}/same image/${i}`);
    const [query, view] = makeViews(await sample.read(), plan, random).large!.views;
    return { query: query!, view: view!, label: sample.id };
  }));
  const neighbors = tf.tidy(() => {
    const queries = embed(imageTensor(pairs.map(({ query }) => query)));
    const views = embed(imageTensor(pairs.map(({ view }) => view)));
    return nearest(views, queries, { k: Math.min(k, samples.length) });
  });
  const [index, cosines] = [await neighbors.index.array(), await neighbors.similarity.array()];
  tf.dispose(neighbors);
  return {
    queries: pairs.slice(0, rows).map(({ query, label }) => ({ image: query, label })),
    views: index.slice(0, rows).map((row, i) =>
      row.map((j, n) => {
        const { view, label } = pairs[j]!;
        return { image: view, label, similarity: cosines[i]![n]! };
      })
    ),
    found: 100 * index.filter(([first], i) => first === i).length / samples.length,
  };
}
