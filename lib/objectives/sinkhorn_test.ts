import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { sinkhorn } from "./sinkhorn.ts";

golden("methods/swav/sinkhorn", "assignments after every iteration are official", (g, run) => {
  for (const [i, { epsilon, iterations }] of JSON.parse(g.metadata.cases!).entries()) {
    const scores = g.tensor(`case${i}.scores`) as tf.Tensor2D;
    const after = (iterations: number) =>
      run((scores: tf.Tensor2D) => sinkhorn(scores, { epsilon, iterations }))(scores);
    g.near(after(iterations), `case${i}.assignments`);
    for (let n = 0; g.names.includes(`case${i}.after_${n}_iterations`); n++) {
      g.near(after(n), `case${i}.after_${n}_iterations`);
    }
  }
}, { compiled: true });

Deno.test("sinkhorn() spreads rows of equal preference over the prototypes", () => {
  const scores = tf.tensor2d([[1, 0.9], [1, 0.9]]);
  const q = sinkhorn(scores, { epsilon: 0.05, iterations: 3 });
  for (const share of q.dataSync()) assertAlmostEquals(share, 0.5, 1e-5);
});

Deno.test("sinkhorn() leaves rows out that do not count", () => {
  const scores = tf.tensor2d([[0.3, 0.1], [0.9, -0.5], [0.2, 0.4]]);
  const some = { epsilon: 0.5, iterations: 3, weights: tf.tensor1d([1, 0, 1]) };
  const expected = sinkhorn(scores.gather([0, 2]), { ...some, weights: undefined });
  const q = sinkhorn(scores, some);
  assertEquals(Array.from(q.slice([1], [1]).dataSync()), [0, 0]);
  const difference = q.gather([0, 2]).sub(expected).abs().max().dataSync()[0]!;
  assertAlmostEquals(difference, 0, 1e-6);
});
