import * as tf from "@tensorflow/tfjs";
import { compile, type Compiled, tidy } from "../compile/mod.ts";
import type { Sample } from "../datasets/mod.ts";
import { gatherRows, type Processes } from "../nn/mod.ts";

/**
 * A row of numbers for each of a set of images, batch by batch. Processes that share the set take
 * its batches in turns, those that one process would make, and all of them receive all rows; they
 * exchange these after every round, so that none waits long for another.
 */
export class SharedRows implements Disposable {
  /** The images of this process. */
  readonly samples: Sample[];
  /** The rows, as far as they are there, one after the other. */
  data = new Float32Array();
  width = 0;
  /** Images whose rows are there. */
  done = 0;
  readonly #images: number;
  readonly #batchSize: number;
  readonly #gather: Gather;

  /** @param options `processes`: those that share the images; by default this one is alone. */
  constructor(
    samples: Sample[],
    { batchSize, processes }: { batchSize: number; processes?: Processes },
  ) {
    const { count, index } = processes ?? { count: 1, index: 0 };
    this.samples = samples.filter((_, i) => Math.floor(i / batchSize) % count === index);
    this.#images = samples.length;
    this.#batchSize = batchSize;
    this.#gather = gatherer(processes);
  }

  /**
   * Takes the rows of a batch of this process, which are used up, and those that the others have
   * made meanwhile. A process that has no batch in the last round adds rows of the same width.
   */
  async add(x: tf.Tensor2D): Promise<void> {
    const whole = this.#gather(x, this.#batchSize);
    const [rows, width] = whole.shape;
    if (this.done === 0) {
      this.width = width;
      this.data = new Float32Array(this.#images * width);
    }
    const count = Math.min(rows, this.#images - this.done);
    this.data.set((await whole.data()).subarray(0, count * width), this.done * width);
    this.done += count;
    whole.dispose();
  }

  /** All rows, `[images, width]`. */
  toTensor(): tf.Tensor2D {
    return tf.tensor2d(this.data, [this.#images, this.width]);
  }

  [Symbol.dispose](): void {
    this.#gather[Symbol.dispose]();
  }
}

/**
 * What a function makes of the rows of a matrix, where each row of its result is one row's. Each
 * process calls it with an equal share of the rows, and receives what all have made.
 */
export function divideRows(
  x: tf.Tensor2D,
  f: (x: tf.Tensor2D) => tf.Tensor2D,
  processes: Processes | undefined,
): tf.Tensor2D {
  if (!processes) return f(x);
  const { count, index } = processes;
  const [rows] = x.shape;
  const share = Math.ceil(rows / count);
  using gather = gatherer(processes);
  return tf.tidy(() => {
    const whole = x.pad<tf.Tensor2D>([[0, share * count - rows], [0, 0]]);
    const part = f(whole.slice([index * share, 0], [share, -1]));
    return gather(part, share).slice([0, 0], [rows, -1]);
  });
}

/** Joins up to so many rows of each process, which are used up. */
export type Gather = Disposable & ((x: tf.Tensor2D, rows: number) => tf.Tensor2D);

/** The rows of all processes, each of whose parts is filled up with zeros; alone, those of this. */
export function gatherer(processes: Processes | undefined): Gather {
  if (!processes) return Object.assign((x: tf.Tensor2D) => x, { [Symbol.dispose]() {} });
  const exchange: Compiled<[tf.Tensor2D], tf.Tensor2D> = compile(
    (x) => tidy(() => gatherRows(x, processes)),
    { name: "gather" },
  );
  const gather = (x: tf.Tensor2D, rows: number) => {
    // Filled outside, since processes exchange what has the same shape in all of them.
    const whole = tf.tidy(() => exchange(x.pad([[0, rows - x.shape[0]], [0, 0]])));
    x.dispose();
    return whole;
  };
  return Object.assign(gather, { [Symbol.dispose]: () => exchange[Symbol.dispose]() });
}
