import * as tf from "@tensorflow/tfjs";
import { hasDeviceMemory } from "../compile/mod.ts";
import { normalize, type Processes } from "../nn/mod.ts";
import {
  checkFinite,
  checkMatrix,
  checkPositive,
  checkScorable,
  checkWidths,
} from "./check_features.ts";
import type { LabeledFeatures } from "./score.ts";
import { divideRows } from "./shared_rows.ts";

/** The most similar training images of every query, the most similar first. */
export type Nearest = {
  /** Cosine `[queries, k]`. */
  similarity: tf.Tensor2D;
  /** Row of the training features, int32 `[queries, k]`. */
  index: tf.Tensor2D;
};

/** Rows of similarities in memory at a time: `queries` x `train` numbers. */
export type Chunks = { queries?: number; train?: number };

/** How many neighbors vote, and how steeply their weight falls. */
export type KnnOptions = NearestOptions & { temperature?: number };

/** How many neighbors are searched, and by whom. */
export type NearestOptions = {
  k?: number;
  chunks?: Chunks;
  /**
   * The processes that share the queries, each of which has all features and receives all results;
   * by default this one is alone.
   */
  processes?: Processes;
};

/**
 * Weighted k-NN: each of the k nearest training images votes for its class with exp(cosine /
 * temperature) (Wu et al. 2018, as in the reference's `eval_knn.py`). Rows are L2-normalized here.
 *
 * @param train Features of the training split and their labels at one level.
 * @param queries `[queries, width]`.
 * @returns The summed votes `[queries, classes]`; 0 where a class has none.
 * @throws {TypeError} If a tensor has been disposed of.
 * @throws {RangeError} If shapes do not fit, a number is out of its bounds, or features are NaN or
 * infinite.
 */
export function knn(
  train: LabeledFeatures,
  queries: tf.Tensor2D,
  { temperature = 0.07, ...options }: KnnOptions = {},
): tf.Tensor2D {
  checkScorable("the training features", train);
  checkMatrix("the queries", queries);
  checkFinite("the queries", queries);
  checkPositive("temperature", temperature);
  const neighbors = nearest(train.x, queries, options);
  const votes = vote(neighbors, train, temperature);
  tf.dispose(neighbors);
  return votes;
}

/**
 * The k most similar rows of `train` for each query by cosine, exactly. Neither the similarities
 * nor the normalized features of the whole set ever exist: blocks of the training set are merged
 * into a running best.
 *
 * @param train `[images, width]`.
 * @param queries `[queries, width]`.
 */
export function nearest(
  train: tf.Tensor2D,
  queries: tf.Tensor2D,
  { k = 20, chunks = {}, processes }: NearestOptions = {},
): Nearest {
  checkMatrix("the training features", train);
  checkMatrix("the queries", queries);
  checkWidths(train, queries);
  checkPositive("k", k, { whole: true });
  checkCount(train);
  if (!processes) return search(train, queries, { k, chunks });
  return tf.tidy(() => {
    const both = divideRows(queries, (share) => {
      const { similarity, index } = search(train, share, { k, chunks });
      return tf.concat([similarity, index.toFloat()], 1);
    }, processes);
    const [similarity, index] = tf.split(both, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
    return { similarity, index: index.toInt<tf.Tensor2D>() };
  });
}

/** What {@linkcode nearest} does by itself. */
function search(
  train: tf.Tensor2D,
  queries: tf.Tensor2D,
  { k, chunks }: { k: number; chunks: Chunks },
): Nearest {
  const { queries: rows, train: columns } = { ...defaultChunks(train.shape[0]), ...chunks };
  const parts = ranges(queries.shape[0], rows).map(([start, size]) =>
    tf.tidy(() => {
      const q = normalize(queries.slice([start, 0], [size, -1]));
      return ranges(train.shape[0], columns).reduce<Nearest | undefined>((best, [from, count]) => {
        const block = among(q, { train, from, count, k });
        if (!best) return block;
        const merged = merge(best, block, k);
        tf.dispose([best, block]);
        return merged;
      }, undefined)!;
    })
  );
  const joined = tf.tidy(() => ({
    similarity: tf.concat(parts.map((part) => part.similarity)),
    index: tf.concat(parts.map((part) => part.index)).toInt<tf.Tensor2D>(),
  }));
  tf.dispose(parts);
  return joined;
}

/** Similarities in the memory of a GPU at a time: a gigabyte of them. */
const largestBlock = 2 ** 28;

/**
 * On a device with a memory of its own, blocks of the training set are as large as this allows,
 * for a processor as suits its caches. Where there is one block for most of the set it is a whole
 * number of groups.
 */
function defaultChunks(images: number): Required<Chunks> {
  const queries = 2048;
  if (!hasDeviceMemory()) return { queries, train: 16_384 };
  const whole = images - images % GROUP || images;
  return { queries, train: Math.min(whole, largestBlock / queries) };
}

/** Until the end, rows are numbered in float32: GPUs leave whole numbers to the processor. */
function checkCount({ shape: [images] }: tf.Tensor2D): void {
  const most = 2 ** 24;
  if (images <= most) return;
  throw new RangeError(`Cannot find neighbors among ${images} images: ${most} are the most`);
}

/** The nearest within one block of the training set. */
function among(
  q: tf.Tensor2D,
  { train, from, count, k }: { train: tf.Tensor2D; from: number; count: number; k: number },
): Nearest {
  return tf.tidy(() => {
    const block = normalize(train.slice([from, 0], [count, -1]));
    const { similarity, index } = largest(tf.matMul(q, block, false, true), Math.min(k, count));
    return { similarity, index: index.add(from) };
  });
}

/** Similarities that stand side by side and are first looked at by their maximum only. */
const GROUP = 64;

/**
 * The k largest of each row and where they stand. They lie in the k groups with the largest maxima:
 * to find those first takes a fraction of the time of sorting through whole rows.
 */
function largest(x: tf.Tensor2D, k: number): Nearest {
  const [rows, columns] = x.shape;
  if (columns % GROUP || columns < 4 * k * GROUP) {
    const { values, indices } = tf.topk(x, k);
    return { similarity: values as tf.Tensor2D, index: indices.toFloat() };
  }
  const groups = x.reshape<tf.Tensor3D>([rows, columns / GROUP, GROUP]);
  const best = tf.topk(groups.max(2), k).indices as tf.Tensor2D;
  const candidates = tf.gather(groups, best, 1, 1).reshape<tf.Tensor2D>([rows, k * GROUP]);
  const { values, indices } = tf.topk(candidates, k);
  const place = indices.toFloat<tf.Tensor2D>();
  const candidate = place.div<tf.Tensor2D>(GROUP).floor(); // the number of its group in `best`
  const group = tf.gather(best.toFloat(), candidate.toInt(), 1, 1) as tf.Tensor2D;
  const index = group.sub(candidate).mul(GROUP).add<tf.Tensor2D>(place);
  return { similarity: values as tf.Tensor2D, index };
}

/** The k best of two lists of candidates; on a tie those of `a` come first. */
function merge(a: Nearest, b: Nearest, k: number): Nearest {
  return tf.tidy(() => {
    const candidates = tf.concat([a.similarity, b.similarity], 1);
    const rows = tf.concat([a.index, b.index], 1);
    const { values, indices } = tf.topk(candidates, Math.min(k, candidates.shape[1]));
    return {
      similarity: values as tf.Tensor2D,
      index: tf.gather(rows, indices as tf.Tensor2D, 1, 1) as tf.Tensor2D,
    };
  });
}

/**
 * Sums the neighbors' votes on the host: k additions a query, where one-hot labels would take k x
 * classes.
 */
export function vote(
  { similarity, index }: Nearest,
  { labels, classes }: { labels: tf.Tensor1D; classes: number },
  temperature: number,
): tf.Tensor2D {
  const [queries, k] = similarity.shape;
  const [cosine, row, label] = [similarity.dataSync(), index.dataSync(), labels.dataSync()];
  const votes = new Float32Array(queries * classes);
  for (let i = 0; i < queries * k; i++) {
    votes[Math.floor(i / k) * classes + label[row[i]!]!]! += Math.exp(cosine[i]! / temperature);
  }
  return tf.tensor2d(votes, [queries, classes]);
}

/** Start and size of consecutive pieces that cover `total`. */
function ranges(total: number, size: number): [number, number][] {
  return Array.from({ length: Math.ceil(total / size) }, (_, i) => {
    return [i * size, Math.min(size, total - i * size)];
  });
}
