import * as tf from "@tensorflow/tfjs";
import { tensorflow } from "./compile.ts";

/**
 * Runs `f` and keeps only what it was given: its gradient runs `f` once more instead of keeping all that lies between
 * (activation checkpointing: Chen et al. 2016, "Training deep nets with sublinear memory cost"). In a compiled function
 * the second run waits for the gradient to arrive; otherwise TensorFlow would run it at once, or take it for the first.
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
        const late = saved.map((x) => tensorflow()?.after(x, dy) ?? x);
        const others = late.slice(given.length);
        return withinGradient(() =>
          tf.grads((...xs) => f(xs, others))(late.slice(0, given.length), dy)
        );
      },
    };
  })(...inputs);
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
