import * as tf from "@tensorflow/tfjs";
import { below } from "../tree/mod.ts";
import {
  branch,
  isLast,
  type Optimizer,
  type OptimizerOptions,
  type OptimizerState,
  terms,
} from "./optimizer.ts";

/** Options of {@linkcode adamw}. */
export type AdamWOptions = OptimizerOptions & {
  betas?: readonly [number, number];
  epsilon?: number;
};

/**
 * AdamW: PyTorch's, with decoupled weight decay. State: `exp_avg`, `exp_avg_sq`, and `step`, which
 * all parameters share but those of the last layer: they count fewer, since they begin later.
 */
export function adamw(options: AdamWOptions = {}): Optimizer {
  const { betas = [0.9, 0.999], epsilon = 1e-8 } = options;
  return {
    shapes: (params) => ({
      ...below("exp_avg", params),
      ...below("exp_avg_sq", params),
      ...below("step", { all: [], last_layer: [] }),
    }),
    update(params, gradients, { state, ...now }) {
      const termsOf = terms(now, options);
      const [first, second] = [branch(state, "exp_avg"), branch(state, "exp_avg_sq")];
      const frozen = now.frozen ?? tf.scalar(0);
      const step = {
        all: stepOf(state, "all").add(1),
        last_layer: stepOf(state, "last_layer").add(1).sub(frozen),
      };
      const corrected = { all: correct(step.all), last_layer: correct(step.last_layer) };

      const next = { ...params }, nextFirst = { ...first }, nextSecond = { ...second };
      for (const [name, g] of Object.entries(gradients)) {
        const { rate, weightDecay, moves, last } = termsOf(name, g.rank);
        const { epsilon, scale } = corrected[last ? "last_layer" : "all"];
        const m = mix(first[name]!, g, moves.mul(1 - betas[0]));
        const v = mix(second[name]!, g.square(), moves.mul(1 - betas[1]));
        const shrink = weightDecay && tf.sub(1, rate.mul(weightDecay));
        const change = m.div(v.sqrt().add(epsilon)).mul(rate.mul(scale));
        const param = params[name]!;
        next[name] = (shrink ? param.mul(shrink) : param).sub(change);
        nextFirst[name] = m;
        nextSecond[name] = v;
      }
      return [next, { exp_avg: nextFirst, exp_avg_sq: nextSecond, step }];
    },
  };

  /**
   * m / (1 - b1^t) over sqrt(v / (1 - b2^t)) + e, as one factor and one addend:
   * scale m / (sqrt(v) + epsilon).
   */
  function correct(step: tf.Tensor) {
    const count = step.maximum(1); // frozen from the start: any step but 0, which would divide by 0
    const correction = (beta: number) => count.mul(Math.log(beta)).expm1().neg();
    const root = correction(betas[1]).sqrt();
    return { scale: root.div(correction(betas[0])), epsilon: root.mul(epsilon) };
  }
}

/** The average moved by a share toward a new value. */
function mix(average: tf.Tensor, value: tf.Tensor, share: tf.Tensor): tf.Tensor {
  return average.mul(tf.sub(1, share)).add(value.mul(share));
}

/** How many updates a parameter has had: PyTorch's `step`, of which ours keeps two for all. */
export function stepOf(state: OptimizerState, name: string): tf.Tensor {
  const counter = isLast(name) ? "last_layer" : "all";
  const step = branch(state, "step")[counter];
  if (step) return step;
  throw new TypeError(`Cannot count updates: the optimizer's state has no "step.${counter}"`);
}
