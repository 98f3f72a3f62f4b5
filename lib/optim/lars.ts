import * as tf from "@tensorflow/tfjs";
import { branch, type Optimizer, type OptimizerOptions, terms, zeros } from "./optimizer.ts";

/** Options of {@linkcode lars}. */
export type LarsOptions = OptimizerOptions & { momentum?: number; eta?: number };

/**
 * LARS as in DINO: momentum SGD whose step is scaled by the ratio of a parameter's length to its gradient's. Vectors
 * neither decay nor are scaled. State: `mu`.
 */
export function lars(options: LarsOptions = {}): Optimizer {
  const { momentum = 0.9, eta = 0.001 } = options;
  return {
    init: (params) => ({ mu: zeros(params) }),
    update(params, gradients, { state, ...now }) {
      const termsOf = terms(now, options);
      const buffers = branch(state, "mu");
      const next = { ...params }, nextBuffers = { ...buffers };
      for (const [name, g] of Object.entries(gradients)) {
        const { rate, weightDecay, moves } = termsOf(name, g.rank);
        const p = params[name];
        const vector = g.rank === 1;
        const pull = vector || !weightDecay ? g : g.add(p.mul(weightDecay));
        const trust = vector ? moves : trustOf(p, pull).mul(moves);
        const kept = tf.sub(1, moves.mul(1 - momentum));
        const buffer = buffers[name].mul(kept).add(pull.mul(trust));
        next[name] = p.sub(buffer.mul(rate));
        nextBuffers[name] = buffer;
      }
      return [next, { mu: nextBuffers }];
    },
  };

  /** eta |p| / |g|, or 1 where either is zero. */
  function trustOf(p: tf.Tensor, g: tf.Tensor): tf.Tensor {
    const [length, slope] = [p, g].map((x) => x.square().sum().sqrt());
    const one = tf.scalar(1);
    const ratio = length.mul(eta).div(tf.where(slope.greater(0), slope, one));
    return tf.where(length.mul(slope).greater(0), ratio, one);
  }
}
