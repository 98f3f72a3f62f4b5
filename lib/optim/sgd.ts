import * as tf from "@tensorflow/tfjs";
import { below } from "../tree/mod.ts";
import { branch, type Optimizer, type OptimizerOptions, terms } from "./optimizer.ts";

/** Options of {@linkcode sgd}. */
export type SgdOptions = OptimizerOptions & { momentum?: number };

/**
 * SGD with momentum: PyTorch's, which adds the weight decay to the gradient. State:
 * `momentum_buffer`.
 */
export function sgd(options: SgdOptions = {}): Optimizer {
  const { momentum = 0.9 } = options;
  return {
    shapes: (params) => below("momentum_buffer", params),
    update(params, gradients, { state, ...now }) {
      const termsOf = terms(now, options);
      const buffers = branch(state, "momentum_buffer");
      const next = { ...params }, nextBuffers = { ...buffers };
      for (const [name, g] of Object.entries(gradients)) {
        const { rate, weightDecay, moves } = termsOf(name, g.rank);
        const param = params[name]!;
        const pull = weightDecay ? g.add(param.mul(weightDecay)) : g;
        // A frozen parameter keeps its buffer: it stays whole and takes in nothing.
        const share = tf.sub(1, moves.mul(1 - momentum));
        const buffer = buffers[name]!.mul(share).add(pull.mul(moves));
        next[name] = param.sub(buffer.mul(rate));
        nextBuffers[name] = buffer;
      }
      return [next, { momentum_buffer: nextBuffers }];
    },
  };
}
