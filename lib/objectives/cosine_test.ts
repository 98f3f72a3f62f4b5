import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { cosineSimilarity, negativeCosine, unitDistance } from "./cosine.ts";

type Rows = [tf.Tensor2D, tf.Tensor2D];

golden("methods/simsiam/losses", "the loss and its gradients are the official ones", (g, run) => {
  const step = run(([p1, p2]: Rows, [z1, z2]: Rows) => {
    const loss = (p1: tf.Tensor, p2: tf.Tensor) =>
      negativeCosine(p1 as tf.Tensor2D, z2).add(negativeCosine(p2 as tf.Tensor2D, z1))
        .mul<tf.Scalar>(0.5);
    return tf.valueAndGrads(loss)([p1, p2]);
  });
  for (let call = 0; g.names.includes(`call${call}.loss`); call++) {
    const rows = (name: string) => g.tensor(`call${call}.${name}`) as tf.Tensor2D;
    const { value, grads } = step([rows("p1"), rows("p2")], [rows("z1"), rows("z2")]);
    g.near(value.reshape([1]), `call${call}.loss`);
    g.near(grads[0]!, `call${call}.grad_p1`);
    g.near(grads[1]!, `call${call}.grad_p2`);
  }
}, { compiled: true });

golden("methods/byol/losses", "the loss and its gradients are the official ones", (g, run) => {
  const step = run(([p1, p2]: Rows, [z1, z2]: Rows) => {
    const loss = (p1: tf.Tensor, p2: tf.Tensor) =>
      unitDistance(p1 as tf.Tensor2D, z2).add<tf.Scalar>(unitDistance(p2 as tf.Tensor2D, z1));
    return tf.valueAndGrads(loss)([p1, p2]);
  });
  for (let call = 0; g.names.includes(`call${call}.loss`); call++) {
    const views = (name: string) =>
      [1, 2].map((view) => g.tensor(`call${call}.${name}_view${view}`)) as Rows;
    const { value, grads } = step(views("prediction"), views("target_projection"));
    g.near(value.reshape([1]), `call${call}.loss`);
    grads.forEach((grad, i) => g.near(grad, `call${call}.grad_prediction_view${i + 1}`));
  }
}, { compiled: true });

Deno.test("cosineSimilarity() does not depend on lengths", () => {
  const [a, b] = [tf.tensor2d([[3, 0], [1, 1]]), tf.tensor2d([[0.5, 0], [0, 7]])];
  const [same, half] = cosineSimilarity(a, b).dataSync();
  assertAlmostEquals(same!, 1, 1e-6);
  assertAlmostEquals(half!, Math.SQRT1_2, 1e-6);
});
