import { assert } from "@std/assert";
import { configureClassifier } from "../configs/mod.ts";
import { granules } from "../datasets/mod.ts";
import type { Backbone } from "../models/mod.ts";
import { pretrain } from "../pretraining/mod.ts";
import {
  classifierSetup,
  compileClassify,
  evaluateClassifier,
  initClassifier,
  trainClassifier,
} from "../protocols/mod.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import { dispose, map } from "../tree/mod.ts";
import { configure } from "./configure.ts";

const data = granules({ size: 32, train: 480, test: 240, individuals: 2 });

/** A smaller `tiny`, whose step takes a few hundredths of a second. */
const { config } = configure({
  method: "mugs",
  overrides: {
    ...{ batchSize: 32, steps: 300, localCrops: 2, precision: "float32" },
    ...{ width: 64, depth: 2, heads: 2, headHidden: 64, predictorHidden: 64, headOut: 32 },
    ...{ bottleneck: 32, prototypes: 128, instanceQueue: 256, localGroupQueue: 256, memory: 256 },
  },
});

async function pretrained(): Promise<Backbone> {
  let backbone: Backbone | null = null;
  for await (const { step, state } of pretrain(data.train, config)) {
    if (step !== config.steps) continue;
    backbone = map((x) => x.clone(), state.learner.teacher!.backbone) as Backbone;
    dispose(state);
  }
  return backbone!;
}

/** The loss on the test part after a handful of steps on labels, by the small preset. */
async function testLoss(backbone?: Backbone): Promise<number> {
  const steps = 20;
  const recipe = configureClassifier("fine-tune", {
    overrides: { batchSize: 32, steps, warmup: 0, imageSize: 32, precision: "float32" },
  });
  const level = "species";
  const setup = classifierSetup(recipe, config, data.classes[level]!.length);
  using classified = compileClassify(setup);
  let loss = NaN;
  const start = { level, state: initClassifier(setup, backbone) };
  for await (const { step, state } of trainClassifier(data.train, setup, start)) {
    if (step !== steps) continue;
    ({ loss } = await evaluateClassifier(data.test, state.model, { setup, level, classified }));
    dispose(state);
  }
  return loss;
}

tensorflowTest(
  "a few steps on labels lead further from a pre-trained network than from a random one",
  async () => {
    const [ours, random] = [await testLoss(await pretrained()), await testLoss()];
    assert(ours < random - 0.05, `${ours} against ${random}`);
  },
);
