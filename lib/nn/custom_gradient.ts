import * as tf from "@tensorflow/tfjs";

/**
 * A function of tensors whose gradient is written out: TensorFlow.js's `customGrad`, typed.
 *
 * @param forward Gives the value, and by name the tensors that its gradient needs.
 * @param backward Gives the gradients of the inputs, in their order, of that of the value.
 */
export function customGradient<
  Inputs extends tf.Tensor[],
  Value extends tf.Tensor,
  Saved extends Record<string, tf.Tensor>,
>(
  forward: (...inputs: Inputs) => { value: Value; saved: Saved },
  backward: (dy: Value, saved: Saved) => { [Input in keyof Inputs]: tf.Tensor },
): (...inputs: Inputs) => Value {
  const f: (...inputs: tf.Tensor[]) => tf.Tensor = tf.customGrad((...args) => {
    const save = args.at(-1) as unknown as tf.GradSaveFunc;
    const { value, saved } = forward(...args.slice(0, -1) as Inputs);
    save(Object.values(saved));
    const names = Object.keys(saved);
    const gradFunc = (dy: tf.Tensor, tensors: tf.Tensor[]) => {
      const entries = names.map((name, i) => [name, tensors[i]]);
      return backward(dy as Value, Object.fromEntries(entries));
    };
    return { value, gradFunc };
  });
  return f as (...inputs: tf.Tensor[]) => Value;
}
