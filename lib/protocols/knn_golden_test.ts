import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { accuracy } from "./accuracy.ts";
import { knn } from "./knn.ts";

/**
 * What the official classifier found; `strict` does not count classes without votes, the rest
 * depends on a sort.
 */
type Result = {
  k: number;
  T: number;
  top1: number;
  top5: number;
  strict_top1?: number;
  strict_top5?: number;
  top5_ambiguous_zero_score_targets?: number;
};

for (const features of ["features", "features_raw"]) {
  golden("knn", `accuracies on ${features} are those of the official classifier`, (g) => {
    const { train, queries, truth } = split(g, features);
    for (const { k, T, ...found } of g.json.results as Result[]) {
      const { top1, top5 } = accuracy(knn(train, queries, { k, temperature: T }), truth, {
        floor: 0,
      });
      const ambiguous = (found.top5_ambiguous_zero_score_targets ?? 0) > 0;
      const expected = ambiguous ? found.strict_top5 : found.top5;
      assertEquals([percent(top1), percent(top5)], [percent(found.top1), percent(expected!)]);
    }
  }, { files: "knn*.safetensors" });
}

golden("knn", "votes are those of the official classifier, in one block and in many", (g) => {
  const { train, queries } = split(g, "features");
  for (const name of g.names.filter((name) => name.startsWith("class_scores_k"))) {
    const k = Number(name.slice("class_scores_k".length));
    g.near(knn(train, queries, { k }), name);
    g.near(knn(train, queries, { k, chunks: { queries: 37, train: 64 } }), name);
  }
}, { files: "knn*.safetensors" });

function split(g: Parameters<Parameters<typeof golden>[2]>[0], features: string) {
  const classes = g.json.config.classes;
  const train = {
    x: g.tensor(`train_${features}`) as tf.Tensor2D,
    labels: g.tensor("train_labels") as tf.Tensor1D,
    classes,
  };
  return {
    train,
    queries: g.tensor(`test_${features}`) as tf.Tensor2D,
    truth: g.tensor("test_labels") as tf.Tensor1D,
  };
}

const percent = (x: number) => Number(x.toFixed(6));
