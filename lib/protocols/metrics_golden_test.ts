import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertGreater } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { accuracy, classAccuracies, confusion, crossEntropy, meanPerClass } from "./mod.ts";

const set = "downstream/metrics";

golden(set, "accuracies are the official ones, and with ties within what any order gives", (g) => {
  const names = g.names.filter((name) => name.endsWith(".logits") && name !== "meter.logits");
  assertGreater(names.length, 0);
  for (const name of names.map((name) => name.split(".")[0]!)) {
    const logits = g.tensor(`${name}.logits`) as tf.Tensor2D;
    const { top1, top5 } = accuracy(logits, g.tensor(`${name}.labels`) as tf.Tensor1D);
    const { k, accuracy: expected, bounds_over_all_orders_of_ties: bounds } = g.json[name];
    for (const number of k as number[]) {
      const score = { 1: top1, 5: top5 }[number]!;
      if (bounds) {
        const [low, high] = bounds[number];
        assert(score >= low - 1e-4 && score <= high + 1e-4, `${name}, ${number}: ${score}`);
      } else g.nearNumbers([score], [expected[number]], { name: "accuracy" });
    }
  }
});

golden(set, "accuracies of classes and their mean leave out classes without images", (g) => {
  const names = g.names.filter((name) => name.endsWith(".confusion"))
    .map((name) => name.split(".")[0]!);
  assertGreater(names.length, 0);
  for (const name of names) {
    const { classes, per_class_accuracy: perClass, mean_per_class_accuracy: mean } = g.json[name];
    const predictions = g.values(`${name}.predictions`);
    const labels = g.values(`${name}.labels`);
    g.near(confusion(predictions, labels, classes).flat(), `${name}.confusion`);
    const shares = classAccuracies(predictions, labels, classes);
    assertEquals(shares.map((share) => share === null), perClass.map((x: unknown) => x === null));
    const numbers = (list: (number | null)[]) => list.map((share) => share ?? -1);
    g.nearNumbers(numbers(shares), numbers(perClass), { name: "per_class" });
    g.nearNumbers([meanPerClass(shares)], [mean], { name: "mean" });
  }
});

golden(set, "accuracies are means over images, and losses over batches, as officially", (g) => {
  const { batches, acc1, acc5, loss, loss_weighted_by_size: weighted } = g.json.meter;
  const logits = g.tensor("meter.logits") as tf.Tensor2D;
  const labels = g.tensor("meter.labels").toInt() as tf.Tensor1D;
  const { top1, top5 } = accuracy(logits, labels);
  g.nearNumbers([top1, top5], [acc1, acc5], { name: "acc" });
  const truth = tf.oneHot(labels, logits.shape[1]).toFloat() as tf.Tensor2D;
  const sizes: number[] = batches;
  const losses = sizes.map((size, i) => {
    const first = sizes.slice(0, i).reduce((a, b) => a + b, 0);
    const part = <T extends tf.Tensor2D>(x: T) => x.slice([first, 0], [size, -1]);
    return crossEntropy(part(logits), part(truth)).dataSync()[0]!;
  });
  g.nearNumbers([losses.reduce((a, b) => a + b, 0) / losses.length], [loss], { name: "loss" });
  g.nearNumbers(crossEntropy(logits, truth).dataSync(), [weighted], { name: "loss" });
});
