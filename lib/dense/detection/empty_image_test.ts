import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { Random } from "../../random/mod.ts";
import { anchorLevels } from "./anchor_levels.ts";
import { rpnTargets } from "./rpn_targets.ts";
import { chooseRandomly } from "./sample_boxes.ts";
import { detectorSettings } from "./settings.ts";
import { sampleStage } from "./stage_sample.ts";
import { suppressClasses } from "./suppress.ts";

const choose = chooseRandomly(new Random("choice"));
const nothing = { boxes: new Float32Array(0), labels: new Int32Array(0) };

Deno.test("in an image without objects all anchors that are learned from are background", async () => {
  await tf.setBackend("cpu");
  const { anchors, rpn } = detectorSettings;
  const levels = anchorLevels([64, 96], { ...anchors, scales: [1] });
  const sample = { count: 20, positiveShare: 0.5 };
  const targets = rpnTargets(levels, [{ size: [64, 96], ...nothing }], {
    ...{ rpn: { ...rpn, sample }, choose },
  });
  const sum = (tensors: tf.Tensor[]) =>
    tensors.reduce((sum, tensor) => sum + tensor.sum().dataSync()[0]!, 0);
  assertEquals(sum(targets.levels.map(({ weights }) => weights)), 20);
  assertEquals(sum(targets.levels.map(({ objects }) => objects)), 0);
  assertEquals(targets.divisor, 21); // at least one of each kind is counted
});

Deno.test("a stage learns background from an image without objects", () => {
  const boxes = Float32Array.from({ length: 40 }, (_, i) => (i % 4 < 2 ? 0 : 9) + i);
  const { labels, objects, isTruth } = sampleStage(boxes, nothing, {
    ...{ assign: { positive: 0.5, negative: 0.5 }, classes: 3, choose },
    sample: { count: 6, positiveShare: 0.5 },
  });
  assertEquals([[...labels], objects, isTruth.some(Boolean)], [[3, 3, 3, 3, 3, 3], [], false]);
});

Deno.test("nothing is found where no score is high enough", () => {
  const scores = Float32Array.of(0.01, 0.01, 0.98);
  const options = { score: 0.05, threshold: 0.5, most: 9 };
  const { boxes, labels } = suppressClasses(new Float32Array(8), scores, options);
  assert(boxes.length === 0 && labels.length === 0);
  assertEquals(suppressClasses(new Float32Array(0), new Float32Array(0), options).scores.length, 0);
});
