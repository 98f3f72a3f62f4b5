import * as tf from "@tensorflow/tfjs";
import { tensorflow } from "./compile.ts";

/**
 * Runs `f` and keeps only its inputs: the gradient runs `f` once more instead of keeping everything
 * in between (activation checkpointing: Chen et al. 2016, "Training deep nets with sublinear memory
 * cost"). In a compiled function the second run waits for the gradient to arrive; otherwise
 * TensorFlow would run it at once, or merge it with the first. The gradient of the first input
 * waits for those of all others; otherwise TensorFlow might leave them, and what they are computed
 * from, for the end.
 *
 * @param f Is differentiable with respect to `inputs` and nothing else; it uses no other tensors.
 */
export function recompute(
  f: (inputs: tf.Tensor[], constants: tf.Tensor[]) => tf.Tensor,
  inputs: tf.Tensor[],
  constants: tf.Tensor[] = [],
): tf.Tensor {
  return tf.customGrad((...args) => {
    const save = args.at(-1) as unknown as tf.GradSaveFunc;
    const variables = args.slice(0, -1) as tf.Tensor[];
    save([...variables, ...constants]);
    return {
      value: f(variables, constants),
      gradFunc(dy: tf.Tensor, saved: tf.Tensor[]) {
        const late = saved.map((x) => after(x, [dy]));
        const lateConstants = late.slice(variables.length);
        const gradients = withinGradient(() =>
          tf.grads((...xs) => f(xs, lateConstants))(late.slice(0, variables.length), dy)
        );
        const [first, ...others] = gradients as [tf.Tensor, ...tf.Tensor[]];
        return [after(first, others), ...others];
      },
    };
  })(...inputs);
}

function after(x: tf.Tensor, others: tf.Tensor[]): tf.Tensor {
  return tensorflow()?.after(x, others) ?? x;
}

/** Computes gradients inside a gradient: TensorFlow.js would lose the tape of the outer one. */
function withinGradient<T>(f: () => T): T {
  const state = tf.engine().state as unknown as { activeTape: unknown };
  const tape = state.activeTape;
  try {
    return f();
  } finally {
    state.activeTape = tape;
  }
}
