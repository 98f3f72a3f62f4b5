import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { type ClassifierConfig, configureClassifier } from "../../configs/mod.ts";
import { granules } from "../../datasets/mod.ts";
import { initVit } from "../../models/mod.ts";
import { Random } from "../../random/mod.ts";
import { permittedTest } from "../../testing/permitted.ts";
import { dispose, flatten } from "../../tree/mod.ts";
import { openClassifier, restoreClassifier, saveClassifier } from "./checkpoint.ts";
import { compileClassify, evaluateClassifier } from "./evaluate_classifier.ts";
import { classifierLength } from "./length.ts";
import { classifierSetup } from "./setup.ts";
import { type ClassifierState, initClassifier } from "./state.ts";
import { trainClassifier } from "./train_classifier.ts";

const sizes = {
  ...{ imageSize: 16, patchSize: 8, width: 16, depth: 2, heads: 2, mlpRatio: 2 },
  relationBlocks: 1,
};

const small: Partial<ClassifierConfig> = { imageSize: 16, batchSize: 4, steps: 6, dropPath: 0.2 };

const data = granules({ train: 12, test: 6 });
const level = Object.keys(data.classes)[0]!;
const classes = data.classes[level]!.length;

const protocols = [["fine-tune", "tiny"], ["semi-supervised", "tiny"], [
  "transfer",
  "tiny",
]] as const;

for (const [protocol, preset] of protocols) {
  permittedTest(
    `${protocol} continued from a checkpoint ends in the same tensors, byte for byte`,
    ["read", "write"],
    async () => {
      await tf.setBackend("cpu");
      const path = await Deno.makeTempFile();
      const overrides = { ...small, average: 0.9, headHidden: 8 };
      const setup = classifierSetup(
        configureClassifier(protocol, { preset, overrides }),
        sizes,
        classes,
      );
      const finish = async (state?: ClassifierState, passedOver?: number) => {
        let last: ClassifierState | null = null;
        const options = { level, workers: 0, state, passedOver };
        for await (const fact of trainClassifier(data.train, setup, options)) {
          last = fact.state;
          if (fact.step === 4 && !state) await saveClassifier(path, fact.state, { setup });
        }
        const named = flatten(last!);
        const bytes = Object.entries(named).map(([name, x]) => [name, [...x.dataSync()]]);
        dispose(named);
        return Object.fromEntries(bytes);
      };
      const whole = await finish();
      const stored = openClassifier(path);
      assertEquals([stored.step, stored.setup], [4, setup]);
      assertEquals(await finish(restoreClassifier(stored), stored.passedOver), whole);
      await Deno.remove(path);
    },
  );
}

Deno.test("a classifier takes the weights it is given, without relation blocks", async () => {
  await tf.setBackend("cpu");
  const setup = classifierSetup(
    configureClassifier("fine-tune", { overrides: { ...small, imageSize: 32 } }),
    sizes,
    classes,
  );
  const vit = initVit(sizes, new Random("weights"));
  const expected = flatten(vit)["blocks.0.mlp.fc1.weight"]!.dataSync();
  const state = initClassifier(setup, vit);
  const named = flatten(state.model);
  assertEquals(named["backbone.blocks.0.mlp.fc1.weight"]!.dataSync(), expected);
  assertEquals(named["backbone.pos_embed"]!.shape, [1, 17, 16]);
  assertEquals(Object.keys(named).filter((name) => name.includes("relation")), []);
  dispose(state);
});

Deno.test("evaluateClassifier() scores a model on every image of the test part", async () => {
  await tf.setBackend("cpu");
  const setup = classifierSetup(
    configureClassifier("transfer", { overrides: small }),
    sizes,
    classes,
  );
  const { model, ...rest } = initClassifier(setup);
  using classified = compileClassify(setup);
  const before = tf.memory().numTensors;
  const { top1, top5, loss } = await evaluateClassifier(data.test, model, {
    ...{ setup, level, classified },
  });
  assertEquals(tf.memory().numTensors, before);
  assertEquals([0 <= top1 && top1 <= top5 && top5 <= 100, loss > 0], [true, true]);
  dispose(model, rest);
});

Deno.test("empty epochs of the repeated sampler are refused with what to do", async () => {
  const official = configureClassifier("transfer", { preset: "vit_small_flowers" });
  const message = "with `repeats` 3 an epoch takes a multiple of `repeatRound` 256 images";
  assertThrows(() => classifierLength(official, 255), RangeError, message);
  assertEquals(classifierLength(official, 2040).stepsPerEpoch, 2); // 1792 images, 768 a step
  const setup = classifierSetup({ ...official, imageSize: 16 }, sizes, classes);
  await assertRejects(
    async () => await trainClassifier(data.train, setup, { level }).next(),
    RangeError,
    message,
  );
});
