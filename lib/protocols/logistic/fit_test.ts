import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../../random/mod.ts";
import type { LabeledFeatures } from "../score.ts";
import { fitLogistic } from "./fit.ts";
import { inverse } from "./inverse.ts";
import { logistic, logisticObjective } from "./logistic.ts";
import { newton } from "./newton.ts";
import { Problem, transposed } from "./problem.ts";

/** Images of overlapping classes. */
function blobs(images: number, { width = 6, classes = 4, seed = 1 } = {}): LabeledFeatures {
  const random = new Random(seed);
  const labels = Array.from({ length: images }, (_, i) => i % classes);
  const x = labels.map((label) =>
    Array.from({ length: width }, (_, j) => (j === label ? 1 : 0) + random.normal())
  );
  return { x: tf.tensor2d(x), labels: tf.tensor1d(labels, "int32"), classes };
}

for (const [name, exact, near] of [["float64", true, 1e-8], ["blocks", false, 1e-5]] as const) {
  Deno.test(`newton() finds the weights of logistic() by passes in ${name}`, () => {
    const data = blobs(3000);
    using problem = new Problem(data, { exact });
    const [width, classes] = [6, 4];
    const lambda = 1e-4;
    const tolerance = exact ? 1e-10 : 1e-7; // what float32 leaves of few images
    const before = tf.memory().numTensors;
    const facts: number[] = [];
    const onProgress = ({ gradient }: { gradient: number }) => facts.push(gradient);
    const weights = newton(problem, { lambda, tolerance, onProgress });
    assertEquals(tf.memory().numTensors, before);
    const all = {
      ...{ x: Float64Array.from(data.x.dataSync()), width, classes },
      labels: data.labels.dataSync(),
    };
    const rows = transposed(weights, [width, classes]);
    const expected = logistic(all, { lambda });
    for (const [i, weight] of rows.entries()) assertAlmostEquals(weight, expected[i]!, near * 10);
    const { gradient } = logisticObjective(all, rows, lambda);
    assert(Math.max(...gradient.map(Math.abs)) < 10 * tolerance, "the gradient in float64");
    assert(facts.at(-1)! < tolerance && facts.length < 20, String(facts));
  });
}

Deno.test("fitLogistic() gives a score for each penalty, the greatest first", async () => {
  const [train, test] = [blobs(200), blobs(100, { seed: 2 })];
  const before = tf.memory().numTensors;
  const lambdas = [0.01, 1, 0.1];
  const fits = await Array.fromAsync(fitLogistic(train, test, { lambdas, perClass: true }));
  assertEquals(fits.map(({ lambda }) => lambda), [1, 0.1, 0.01]);
  for (const { top1, perClass, gradient } of fits) {
    assert(top1 > 40 && gradient < 1e-10, `${top1} ${gradient}`);
    assertAlmostEquals(perClass!, top1, 1e-9); // classes are of equal size
  }
  assert(fits[2]!.trainTop1 >= fits[0]!.trainTop1);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("inverse() of a matrix times the matrix is one", () => {
  const matrix = Float64Array.of(4, 1, 0, 1, 3, -1, 0, -1, 2);
  const other = inverse(matrix, 3);
  for (let i = 0; i < 9; i++) {
    const [row, column] = [Math.floor(i / 3), i % 3];
    const sum = [0, 1, 2].reduce((s, k) => s + matrix[3 * row + k]! * other[3 * k + column]!, 0);
    assertAlmostEquals(sum, row === column ? 1 : 0, 1e-12);
  }
});
