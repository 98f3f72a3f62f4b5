import * as tf from "@tensorflow/tfjs";
import type { Named } from "../tree/mod.ts";
import { lengthOf } from "./lengths.ts";
import { type Optimizer, type OptimizerOptions, terms } from "./optimizer.ts";
import { sgd } from "./sgd.ts";

/** Options of {@linkcode larc}. */
export type LarcOptions = OptimizerOptions & {
  momentum?: number;
  /** The length of a step at rate 1 as a share of the parameter's length. */
  eta?: number;
  /** Whether the ratio only shortens steps that the rate alone would make longer. */
  clip?: boolean;
  epsilon?: number;
};

/**
 * LARC around SGD: each gradient, decay included, is scaled by η |p| / (|g| + decay |p| + ε). A
 * parameter of length zero, or whose gradient is zero, is neither scaled nor decays in that step.
 * No parameter is spared. State: that of {@linkcode sgd}.
 *
 * Source: NVIDIA apex, apex/parallel/LARC.py, as SwAV and DeepCluster-v2 use it.
 */
export function larc(options: LarcOptions = {}): Optimizer {
  const { momentum = 0.9, eta = 0.001, clip = false, epsilon = 1e-8 } = options;
  const { group = () => ({ rate: 1, decays: true }), stacked = false } = options;
  const inner = sgd({ momentum, stacked, group: (...of) => ({ ...group(...of), decays: false }) });
  return {
    shapes: inner.shapes,
    update(params, gradients, { state, ...now }) {
      const termsOf = terms(now, { group, stacked });
      const scaled: Named = {};
      for (const [name, g] of Object.entries(gradients)) {
        const { rate, weightDecay } = termsOf(name, g.rank);
        const p = params[name]!;
        const length = lengthOf(p, stacked), slope = lengthOf(g, stacked);
        const ratio = length.mul(eta).div(slope.add(length.mul(weightDecay)).add(epsilon));
        const scale = clip ? ratio.div(rate).minimum(1) : ratio;
        const pull = g.add(p.mul(weightDecay)).mul(scale);
        scaled[name] = tf.where(length.mul(slope).greater(0), pull, g);
      }
      return inner.update(params, scaled, { ...now, state });
    },
  };
}
