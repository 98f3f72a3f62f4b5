import * as tf from "@tensorflow/tfjs";
import { gatherRows, type Processes } from "./processes.ts";

/** The running statistics of a batch normalization; `num_batches_tracked` is an int32 scalar. */
export type BatchNormBuffers = {
  running_mean: tf.Tensor1D;
  running_var: tf.Tensor1D;
  num_batches_tracked: tf.Scalar;
};

/**
 * Parameters and buffers of a batch normalization over all axes but the last. Without weight it
 * does not scale, without bias it does not shift.
 */
export type BatchNorm = { weight?: tf.Tensor1D; bias?: tf.Tensor1D } & BatchNormBuffers;

/** How running statistics follow those of the batches; by default as PyTorch's do. */
export type RunningOptions = {
  /** Which variance of a batch they take in: that of a sample, or that of the rows themselves. */
  variance?: "unbiased" | "biased";
  /**
   * Whether they are averages without bias toward their initial values (Haiku's zero-debiased
   * moving averages): the first batch replaces them, and the share of a new one falls from 1 to a
   * tenth.
   */
  debiased?: boolean;
  /** 1 for the samples of the batch that are there, and 0 for those that fill it up, `[batch]`. */
  present?: tf.Tensor1D;
};

/** How rows are normalized by their own statistics. */
export type BatchNormOptions = RunningOptions & {
  /** The processes whose rows together are the batch; by default this one is alone. */
  processes?: Processes;
};

const epsilon = 1e-5;
const momentum = 0.1;

/** Normalizes rows `[..., width]` by the running statistics. */
export function batchNorm<T extends tf.Tensor>(x: T, p: BatchNorm): T {
  return affine(x.sub(p.running_mean), p.running_var, p);
}

/** Normalizes rows `[..., width]` by their own statistics, and gives the next running ones. */
export function trainBatchNorm<T extends tf.Tensor>(
  x: T,
  p: BatchNorm,
  { variance: kind = "unbiased", debiased = false, present, processes }: BatchNormOptions = {},
): [T, BatchNormBuffers] {
  const { y, mean, variance } = processes
    ? synchronized(x, p, processes)
    : present
    ? ofPresent(x, p, present)
    : x.rank === 4 && fuses()
    ? fused(x, p)
    : composed(x, p);
  const count = p.num_batches_tracked.add<tf.Scalar>(tf.scalar(1, "int32"));
  const share = debiased ? debiasedShare(count) : momentum;
  return [y, {
    running_mean: blend(p.running_mean, mean, share),
    running_var: blend(p.running_var, variance[kind](), share),
    num_batches_tracked: count,
  }];
}

/** Rows that are normalized, with their statistics. */
type Normalized<T> = {
  y: T;
  mean: tf.Tensor1D;
  variance: { biased(): tf.Tensor1D; unbiased(): tf.Tensor1D };
};

function composed<T extends tf.Tensor>(x: T, p: BatchNorm): Normalized<T> {
  const matrix = x.rank === 2 ? x : x.reshape([-1, x.shape.at(-1)!]);
  const rows = matrix.shape[0]!;
  const mean = matrix.mean<tf.Tensor1D>(0);
  const distance = matrix.sub(mean);
  const variance = distance.square().mean<tf.Tensor1D>(0);
  return {
    y: affine(distance, variance, p).reshape(x.shape) as T,
    mean,
    variance: {
      biased: () => variance,
      unbiased: () => variance.mul(rows / Math.max(1, rows - 1)),
    },
  };
}

/** The same by the statistics of those samples that are there. */
function ofPresent<T extends tf.Tensor>(x: T, p: BatchNorm, present: tf.Tensor1D): Normalized<T> {
  const width = x.shape.at(-1)!;
  const [samples] = present.shape;
  const each = x.size / width / samples;
  const count = present.sum().mul(each);
  const weights = present.reshape([samples, 1, 1]);
  const meanOf = (rows: tf.Tensor): tf.Tensor1D => rows.mul(weights).sum([0, 1]).div(count);
  const rows = x.reshape([samples, each, width]);
  const mean = meanOf(rows);
  const distance = rows.sub(mean);
  const variance = meanOf(distance.square());
  return {
    y: affine(distance, variance, p).reshape(x.shape) as T,
    mean,
    variance: {
      biased: () => variance,
      unbiased: () => variance.mul(count).div(count.sub(1).maximum(1)),
    },
  };
}

/**
 * Rows normalized by the statistics of the rows of all processes, for which they exchange their
 * means and variances at once: the variance of all rows is the mean of the variances, and that of
 * the means beside it.
 */
function synchronized<T extends tf.Tensor>(
  x: T,
  p: BatchNorm,
  processes: Processes,
): Normalized<T> {
  const matrix = x.rank === 2 ? x : x.reshape([-1, x.shape.at(-1)!]);
  const rows = matrix.shape[0]! * processes.count;
  const ofProcess = tf.moments(matrix, 0);
  const ofAll = gatherRows(tf.stack([ofProcess.mean, ofProcess.variance]).expandDims(0), processes);
  const [means, variances] = tf.unstack(ofAll, 1) as [tf.Tensor2D, tf.Tensor2D]; // [count, width]
  const mean = means.mean<tf.Tensor1D>(0);
  const variance = variances.add(means.sub(mean).square()).mean<tf.Tensor1D>(0);
  return {
    y: affine(matrix.sub(mean), variance, p).reshape(x.shape) as T,
    mean,
    variance: {
      biased: () => variance,
      unbiased: () => variance.mul(rows / Math.max(1, rows - 1)),
    },
  };
}

/** Whether the backend normalizes images in one operation. */
const fuses = () => tf.getKernel("TrainBatchNorm", tf.getBackend()) !== undefined;

function fused<T extends tf.Tensor>(
  x: T,
  { weight, bias, running_mean }: BatchNorm,
): Normalized<T> {
  const width = running_mean.shape[0];
  const rows = x.size / width;
  const inputs = { x, weight: weight ?? tf.ones([width]), bias: bias ?? tf.zeros([width]) };
  const [y, mean, variance] = tf.engine()
    .runKernel("TrainBatchNorm", inputs, { epsilon }) as tf.Tensor[] as [T, ...tf.Tensor1D[]];
  return {
    y,
    mean: mean!,
    variance: {
      biased: () => variance!.mul(Math.max(1, rows - 1) / rows),
      unbiased: () => variance!,
    },
  };
}

tf.registerGradient({
  kernelName: "TrainBatchNorm",
  inputsToSave: ["x", "weight"],
  outputsToSave: [false, false, false, true, true],
  gradFunc: (dys, [x, weight, first, second], attributes) => {
    const [dy] = dys as tf.Tensor[];
    const inputs = { dy, x, weight, first, second } as Record<string, tf.Tensor>;
    const gradients = tf.engine().runKernel("TrainBatchNormGrad", inputs, attributes);
    const [dx, scale, shift] = gradients as [tf.Tensor, tf.Tensor, tf.Tensor];
    return { x: () => dx, weight: () => scale, bias: () => shift };
  },
});

function affine<T extends tf.Tensor>(distance: T, variance: tf.Tensor1D, p: BatchNorm): T {
  const deviations = variance.add(epsilon).rsqrt();
  const scaled = distance.mul<T>(p.weight ? deviations.mul(p.weight) : deviations);
  return p.bias ? scaled.add(p.bias) : scaled;
}

/**
 * What the newest of `count` batches weighs in their average. The average is h / (1 - 0.9^count)
 * where h, from zero, is 0.9 h + 0.1 x; h need not be kept, since this share says the same.
 */
function debiasedShare(count: tf.Scalar): tf.Scalar {
  const power = count.toFloat().mul(Math.log(1 - momentum)).expm1().neg();
  return tf.div(momentum, power);
}

function blend(old: tf.Tensor1D, value: tf.Tensor1D, share: number | tf.Scalar): tf.Tensor1D {
  const rest = typeof share === "number" ? 1 - share : tf.sub(1, share);
  return old.mul(rest).add(value.mul(share));
}
