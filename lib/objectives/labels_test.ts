import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { ignoredLabel, labelCrossEntropy } from "./labels.ts";

golden("methods/deepcluster_v2/losses", "the loss of all heads is the official one", (g, run) => {
  const temperature = Number(g.metadata.temperature);
  const step = run((scores: tf.Tensor2D[], targets: tf.Tensor2D) => {
    const labels = tf.unstack(targets) as tf.Tensor1D[];
    const loss = (...scores: tf.Tensor[]) => {
      const losses = scores.map((scores, head) => {
        const crops = scores.shape[0]! / targets.shape[1];
        const repeated = tf.tile(labels[head]!, [crops]);
        return labelCrossEntropy(scores.div<tf.Tensor2D>(temperature), repeated);
      });
      return tf.stack(losses).mean<tf.Scalar>();
    };
    return tf.valueAndGrads(loss)(scores);
  });
  for (let call = 0; g.names.includes(`call${call}.loss`); call++) {
    const targets = g.tensor(`call${call}.targets`) as tf.Tensor2D;
    const scores = Array.from(
      { length: targets.shape[0] },
      (_, head) => g.tensor(`call${call}.head${head}.scores`) as tf.Tensor2D,
    );
    const { value, grads } = step(scores, targets);
    g.near(value.reshape([1]), `call${call}.loss`);
    grads.forEach((grad, head) => g.near(grad, `call${call}.head${head}.grad`));
  }
}, { compiled: true });

Deno.test("labelCrossEntropy() is 0 where all labels are ignored", () => {
  const loss = labelCrossEntropy(tf.ones([2, 3]), tf.fill([2], ignoredLabel, "int32"));
  assertAlmostEquals(loss.dataSync()[0]!, 0, 1e-9);
});
