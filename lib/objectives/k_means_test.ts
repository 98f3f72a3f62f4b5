import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { kMeans } from "./k_means.ts";
import { ignoredLabel, labelsOf } from "./labels.ts";

golden("methods/deepcluster_v2/kmeans", "centroids and labels are the official ones", (g, run) => {
  for (const [kind, { size_dataset, bank_of_head, checks }] of Object.entries<Case>(g.json)) {
    const banks = tf.unstack(g.tensor(`${kind}.embeddings`)) as tf.Tensor2D[];
    const index = g.tensor(`${kind}.index`) as tf.Tensor1D;
    for (const { iterations } of checks) {
      const cluster = run((rows: tf.Tensor2D, initial: tf.Tensor2D, index: tf.Tensor1D) => {
        const { centroids, assignments } = kMeans(rows, initial, { iterations, block: 17 });
        return { centroids, labels: labelsOf(assignments, { index, size: size_dataset }) };
      });
      const at = `${kind}.iterations${iterations}`;
      const labels = bank_of_head.map((bank, head) => {
        const initial = g.tensor(`${kind}.head${head}.initial_rows`) as tf.Tensor1D;
        const rows = banks[bank]!;
        const { centroids, labels } = cluster(rows, rows.gather(initial), index);
        g.near(centroids, `${at}.head${head}.centroids`);
        return labels;
      });
      g.near(tf.stack(labels), `${at}.assignments`);
    }
  }
}, { compiled: true });

type Case = {
  size_dataset: number;
  bank_of_head: number[];
  checks: { iterations: number }[];
};

Deno.test("kMeans() keeps a centroid to which no row belongs", () => {
  const rows = tf.tensor2d([[1, 0], [0.8, 0.6]]);
  const initial = tf.tensor2d([[1, 0], [0, -1]]);
  const { centroids, assignments } = kMeans(rows, initial, { iterations: 2 });
  assertEquals(Array.from(assignments.dataSync()), [0, 0]);
  assertEquals(Array.from(centroids.slice(1).dataSync()).map(Math.abs), [0, 1]);
});

Deno.test("labelsOf() ignores images that no row belongs to", () => {
  const labels = labelsOf(tf.tensor1d([5, 7], "int32"), {
    index: tf.tensor1d([2, 0], "int32"),
    size: 3,
  });
  assertEquals(Array.from(labels.dataSync()), [7, ignoredLabel, 5]);
});
