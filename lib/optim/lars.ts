import * as tf from "@tensorflow/tfjs";
import { below } from "../tree/mod.ts";
import { lengthOf } from "./lengths.ts";
import { branch, type Optimizer, type OptimizerOptions, terms } from "./optimizer.ts";

/**
 * In which order a gradient is scaled by the trust ratio and by the rate and enters the momentum:
 * that of DINO, MoCo-v3 and BYOL, SimCLR's ("classic momentum"), and SimCLR's option ("popular").
 * They differ where the rate or the ratio changes from step to step.
 */
export type LarsOrder =
  | "trust, momentum, rate"
  | "trust, rate, momentum"
  | "momentum, trust, rate";

/** Options of {@linkcode lars}. */
export type LarsOptions = OptimizerOptions & {
  momentum?: number;
  /** The length of a step at rate 1 as a share of the parameter's length. */
  eta?: number;
  /** Whether a parameter is scaled by its trust ratio and may decay; by default all but vectors. */
  adapts?: (name: string, rank: number) => boolean;
  order?: LarsOrder;
  /** Whether the step looks ahead by one more momentum (Nesterov). */
  nesterov?: boolean;
};

/**
 * LARS (You et al. 2017): momentum SGD whose step is scaled by the ratio of a parameter's length to
 * that of its gradient, decay included, or by 1 where either is zero. State: `mu`.
 *
 * Source: by default DINO's `LARS` in utils.py and MoCo-v3's in moco/optimizer.py, which are one;
 * by its options BYOL's `lars` in utils/optimizers.py and SimCLR's tf2/lars_optimizer.py.
 */
export function lars(options: LarsOptions = {}): Optimizer {
  const { momentum = 0.9, eta = 0.001, adapts = (_, rank) => rank > 1, nesterov = false } = options;
  const { order = "trust, momentum, rate", stacked = false } = options;
  const rateFirst = order === "trust, rate, momentum";
  const trustLast = order === "momentum, trust, rate";
  return {
    shapes: (params) => below("mu", params),
    update(params, gradients, { state, ...now }) {
      const termsOf = terms(now, options);
      const buffers = branch(state, "mu");
      const next = { ...params }, nextBuffers = { ...buffers };
      for (const [name, g] of Object.entries(gradients)) {
        const { rate, weightDecay, moves } = termsOf(name, g.rank);
        const p = params[name]!;
        const adapted = adapts(name, stacked ? g.rank - 1 : g.rank);
        const trust = (x: tf.Tensor, scale: tf.Tensor) =>
          adapted ? trustRatio(p, x, { eta, stacked }).mul(scale) : scale;

        const pull = adapted && weightDecay ? g.add(p.mul(weightDecay)) : g;
        const scale = rateFirst ? rate.mul(moves) : moves;
        const intake = pull.mul(trustLast ? scale : trust(pull, scale));
        const share = tf.sub(1, moves.mul(1 - momentum));
        const buffer = buffers[name]!.mul(share).add(intake);
        const step = nesterov ? buffer.mul(momentum).add(intake) : buffer;
        const length = rateFirst ? moves : rate;
        next[name] = p.sub(step.mul(trustLast ? trust(step, length) : length));
        nextBuffers[name] = buffer;
      }
      return [next, { mu: nextBuffers }];
    },
  };
}

/** eta |p| / |x|, or 1 where either is zero. */
function trustRatio(
  p: tf.Tensor,
  x: tf.Tensor,
  { eta, stacked }: { eta: number; stacked: boolean },
): tf.Tensor {
  const length = lengthOf(p, stacked), slope = lengthOf(x, stacked);
  const one = tf.scalar(1);
  const ratio = length.mul(eta).div(tf.where(slope.greater(0), slope, one));
  return tf.where(length.mul(slope).greater(0), ratio, one);
}
