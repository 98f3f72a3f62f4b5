import { assert, assertEquals, assertGreater } from "@std/assert";
import { normalize } from "../../nn/mod.ts";
import { golden } from "../../testing/goldens.ts";
import type * as tf from "@tensorflow/tfjs";
import { newton } from "./newton.ts";
import { Problem, transposed } from "./problem.ts";
import { logistic, logisticObjective, logisticScores } from "../mod.ts";

golden("downstream/semi_logistic", "for every lambda the weights are the exact optimum", (g) => {
  const { classes } = g.json.config;
  const part = (name: string) => {
    const [, width] = g.shape(`${name}.features`) as [number, number];
    const labels = Array.from(g.values(`${name}.labels`));
    g.near(normalize(g.tensor(`${name}.features_raw`) as tf.Tensor2D), `${name}.features`);
    return { x: Float64Array.from(g.values(`${name}.features`)), labels, width, classes };
  };
  const [train, test] = [part("train"), part("test")];
  using problem = new Problem({
    x: g.tensor("train.features") as tf.Tensor2D,
    labels: g.tensor("train.labels") as tf.Tensor1D,
    classes,
  });
  assertGreater(g.json.results.length, 0);
  for (const expected of g.json.results) {
    const { lambda_argument: argument, lambda_effective: lambda } = expected;
    const weights = logistic(train, { lambda });
    const others = transposed(newton(problem, { lambda }), [train.width, classes]);
    const { loss, gradient } = logisticObjective(train, weights, lambda);
    const largest = gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    assert(largest < 1e-10, `lambda ${argument}: the largest entry of the gradient is ${largest}`);
    g.nearNumbers([loss], [expected.objective], { name: "objective" });
    // A number may be written otherwise in a name.
    const name = g.names.find((name) => {
      return name.endsWith(".weights") && Number(/lambda(.+)\.weights/.exec(name)![1]) === argument;
    })!.replace(".weights", "");
    g.near(weights, `${name}.weights`);
    g.near(others, `${name}.weights`);
    const scores = logisticScores(test, weights);
    g.near(scores, `${name}.test_scores`);
    g.near(predictions(scores, classes), `${name}.test_predictions`);
    for (const [data, share] of [[train, "train_accuracy"], [test, "test_accuracy"]] as const) {
      const guesses = predictions(logisticScores(data, weights), classes);
      const right = data.labels.filter((label, i) => guesses[i] === label).length;
      assertEquals(right / data.labels.length, expected[share]);
    }
  }
});

function predictions(scores: Float64Array, classes: number): number[] {
  return Array.from({ length: scores.length / classes }, (_, i) => {
    const row = scores.subarray(i * classes, (i + 1) * classes);
    return row.indexOf(Math.max(...row));
  });
}
