import * as tf from "@tensorflow/tfjs";
import { tensorflow } from "./compile.ts";

/**
 * Runs `f` and keeps only what it was given: its gradient runs `f` once more instead of keeping all that lies between
 * (activation checkpointing: Chen et al. 2016, "Training deep nets with sublinear memory cost"). In a compiled function
 * the second run waits for the gradient to arrive; otherwise TensorFlow would run it at once, or take it for the first. The
 * gradient goes on to the first input when those of all others are there; otherwise TensorFlow might leave them, and what
 * they are made of, for the end.
 *
 * @param f Is differentiable with respect to `inputs`, and only to them; it uses no other tensors.
 */
export function recompute(
  f: (inputs: tf.Tensor[], constants: tf.Tensor[]) => tf.Tensor,
  inputs: tf.Tensor[],
  constants: tf.Tensor[] = [],
): tf.Tensor {
  return tf.customGrad((...args) => {
    const save = args.at(-1) as unknown as tf.GradSaveFunc;
    const given = args.slice(0, -1) as tf.Tensor[];
    save([...given, ...constants]);
    return {
      value: f(given, constants),
      gradFunc(dy: tf.Tensor, saved: tf.Tensor[]) {
        const late = saved.map((x) => after(x, [dy]));
        const others = late.slice(given.length);
        const [first, ...rest] = withinGradient(() =>
          tf.grads((...xs) => f(xs, others))(late.slice(0, given.length), dy)
        );
        return [after(first, rest), ...rest];
      },
    };
  })(...inputs);
}

function after(x: tf.Tensor, others: tf.Tensor[]): tf.Tensor {
  return tensorflow()?.after(x, others) ?? x;
}

/** Runs what takes gradients where gradients are being taken: TensorFlow.js would lose the tape around it. */
function withinGradient<T>(f: () => T): T {
  const state = tf.engine().state as unknown as { activeTape: unknown };
  const tape = state.activeTape;
  try {
    return f();
  } finally {
    state.activeTape = tape;
  }
}
