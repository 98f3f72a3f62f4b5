import * as tf from "@tensorflow/tfjs";
import { compareBelow } from "../../testing/differentiate.ts";
import { golden } from "../../testing/goldens.ts";
import { flatten, type Named, unflatten } from "../../tree/mod.ts";
import { type InfoMinHeads, instanceHead, jigsawHead } from "./heads.ts";

golden("methods/info_min/heads", "both heads and their gradients are official", (g, run) => {
  const input = ["input", "input_jigsaw"].map((name) => g.tensor(name)) as tf.Tensor2D[];
  const coefficients = ["coef", "coef_jigsaw"].map((name) => g.tensor(name));
  const order = g.tensor("shuffle").toInt(); // image after image
  const [batch, patches] = order.shape as [number, number];
  const first = tf.range(0, batch * patches, patches, "int32").expandDims(1);
  const rows = order.add<tf.Tensor2D>(first);
  const named = g.below("param.");
  const forward = ([images, patches]: tf.Tensor[], { head, head_jig }: InfoMinHeads) => [
    instanceHead(images as tf.Tensor2D, head),
    jigsawHead(patches as tf.Tensor2D, head_jig, rows),
  ];
  const differentiate = run((input: tf.Tensor2D[], named: Named) => {
    const names = Object.keys(named);
    const loss = (...tensors: tf.Tensor[]) => {
      const entries = names.map((name, i) => [name, tensors[input.length + i]!]);
      const outputs = forward(tensors.slice(0, 2), unflatten(Object.fromEntries(entries)));
      const sums = outputs.map((output, i) => output.mul(coefficients[i]!).sum());
      return tf.addN(sums) as tf.Scalar;
    };
    const gradients = tf.grads(loss)([...input, ...Object.values(named)]);
    return {
      output: forward(input, unflatten(named)),
      input: gradients.slice(0, 2),
      grad: Object.fromEntries(names.map((name, i) => [name, gradients[input.length + i]!])),
    };
  });
  const out = differentiate(input, named);
  for (const [i, kind] of ["", "_jigsaw"].entries()) {
    g.near(out.output[i]!, `output${kind}`);
    g.near(out.input[i]!, `grad_input${kind}`);
  }
  compareBelow(g, flatten(out.grad), "grad.");
}, { compiled: true });
