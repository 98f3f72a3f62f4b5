import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals } from "@std/assert";
import { clustering, infoNce, softAssignment } from "./mod.ts";

const batch = 3, width = 4;
const rows = (views: number, seed: number) =>
  tf.randomNormal<tf.Rank.R2>([views * batch, width], 0, 1, "float32", seed);

type Loss = (student: tf.Tensor2D, views?: { first: number; of: number }) => tf.Scalar;
const teacher = rows(2, 1);
const losses: Record<string, Loss> = {
  infoNce: (student, views) =>
    infoNce(student, teacher, { queue: rows(2, 2).transpose(), temperature: 0.2, views }),
  clustering: (student, views) =>
    clustering(student, softAssignment(teacher, tf.zeros([1, width]), 0.5), {
      temperature: 0.3,
      views,
    }),
};

for (const [name, loss] of Object.entries(losses)) {
  for (
    const [of, counts] of [[5, [2, 3]], [5, [1, 1, 2, 1]], [6, [2, 2, 2]], [5, [3, 2]], [2, [
      1,
      1,
    ]]] as const
  ) {
    Deno.test(`${name}() of ${counts.join(" + ")} views adds up to that of all ${of}`, async () => {
      await tf.setBackend("cpu");
      const student = rows(of, 3);
      let first = 0, sum = 0;
      for (const count of counts) {
        const part = student.slice<tf.Tensor2D>(first * batch, count * batch);
        sum += loss(part, { first, of }).dataSync()[0]!;
        first += count;
      }
      assertAlmostEquals(sum, loss(student).dataSync()[0]!, 1e-5);
    });
  }
}
