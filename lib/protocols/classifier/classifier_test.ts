import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type ClassifierConfig, configureClassifier } from "../../configs/mod.ts";
import { type BackboneSizes, resnets } from "../../models/mod.ts";
import { dropPathMasks } from "../../nn/mod.ts";
import { Random } from "../../random/mod.ts";
import { dispose, flatten, type Named } from "../../tree/mod.ts";
import { compileClassifierStep } from "./compile_step.ts";
import { classifierGroup, classifierSetup } from "./setup.ts";
import { initClassifier } from "./state.ts";
import type { ClassifierBatch, ClassifierNow } from "./step.ts";

const vit = {
  ...{ imageSize: 16, patchSize: 8, width: 16, depth: 2, heads: 2, mlpRatio: 2 },
  relationBlocks: 1,
};

const resnet: BackboneSizes = {
  ...{ ...vit, patchSize: 1, relationBlocks: 0 },
  resnet: { ...resnets.resnet_tiny, planes: [4, 4, 8, 8], stemWidth: 4 },
};

const setupOf = (overrides: Partial<ClassifierConfig> = {}, sizes: BackboneSizes = vit) =>
  classifierSetup(
    configureClassifier("fine-tune", {
      overrides: { batchSize: 4, clipGradient: 0.5, average: 0.5, ...overrides },
    }),
    sizes,
    3,
  );

const random = new Random("classifier");

function sampleBatch(): ClassifierBatch {
  const labels = tf.tensor1d([0, 1, 2, 0], "int32");
  return {
    images: tf.tensor4d(random.normals(4 * 16 * 16 * 3), [4, 16, 16, 3]),
    targets: tf.oneHot(labels, 3).toFloat() as tf.Tensor2D,
  };
}

const now = (mask?: tf.Tensor3D): ClassifierNow => ({
  rate: tf.scalar(0.01),
  weightDecay: tf.scalar(0.05),
  ...mask && { mask },
});

const distance = (a: Named, b: Named) =>
  Math.max(...Object.keys(a).map((name) => a[name]!.sub(b[name]!).abs().max().dataSync()[0]!));

const layouts = {
  "in parts of the batch": { accumulate: 2 },
  "in chains": { chains: 2 },
  "that keeps little": { lean: true },
};

for (const [name, layout] of Object.entries(layouts)) {
  Deno.test(`a step ${name} moves a classifier as one on the whole batch`, async () => {
    await tf.setBackend("cpu");
    const setup = setupOf();
    const batch = sampleBatch();
    const mask = dropPathMasks(random, { depth: 2, rate: 0.5, batch: 4 });
    using whole = compileClassifierStep(setup);
    using parts = compileClassifierStep(setup, layout);
    const state = initClassifier(setup);
    const [a, facts] = whole(state, batch, now(mask));
    const [b, ofParts] = parts(state, batch, now(mask));
    assert(distance(flatten(a.model), flatten(state.model)) > 1e-3, "it moves");
    assert(distance(flatten(a.model), flatten(b.model)) < 1e-5);
    assert(distance(a.average!, b.average!) < 1e-5);
    for (
      const [x, y] of [[facts.gradientNorm, ofParts.gradientNorm], [
        facts.losses.total,
        ofParts.losses.total,
      ]]
    ) {
      assertAlmostEquals(x!.dataSync()[0]!, y!.dataSync()[0]!, 1e-5);
    }
    dispose(state, a, b, batch);
  });
}

Deno.test("a step in parts refuses what does not divide, and batch statistics", () => {
  assertThrows(
    () => compileClassifierStep(setupOf(), { accumulate: 3 }),
    RangeError,
    "`batchSize` 4 cannot be cut into `accumulate` 3 equal parts",
  );
  assertThrows(
    () => compileClassifierStep(setupOf({}, resnet), { accumulate: 2 }),
    RangeError,
    "leave out `accumulate`",
  );
});

for (const [name, sizes] of Object.entries({ "vision transformer": vit, resnet })) {
  Deno.test(`a ${name} learns a batch by heart`, async () => {
    await tf.setBackend("cpu");
    const setup = setupOf({ layerDecay: 1 }, sizes);
    using step = compileClassifierStep(setup);
    const batch = sampleBatch();
    let state = initClassifier(setup);
    const losses: number[] = [];
    for (let i = 0; i < 15; i++) {
      const [next, facts] = step(state, batch, now());
      losses.push(facts.losses.total.dataSync()[0]!);
      state = next;
    }
    assert(losses.at(-1)! < 0.5 * losses[0]!, losses.join(" "));
    assertEquals(state.step.dataSync()[0], 15);
    const counter = flatten(state.model)["backbone.bn1.num_batches_tracked"];
    if (name === "resnet") assertEquals(counter!.dataSync()[0], 15);
    dispose(state, batch);
  });
}

Deno.test("decayTokens lets class token and positions decay, as the official semi and transfer", () => {
  for (const decayTokens of [false, true]) {
    const group = classifierGroup(setupOf({ decayTokens }));
    for (const name of ["backbone.cls_token", "backbone.pos_embed"]) {
      assertEquals(group(name, 3).decays, decayTokens);
    }
    assertEquals(group("backbone.norm.weight", 1).decays, false);
    assertEquals(group("head.weight", 2).decays, true);
  }
  const decays = (protocol: "fine-tune" | "semi-supervised" | "transfer", preset: string) =>
    configureClassifier(protocol, { preset }).decayTokens;
  assertEquals(decays("fine-tune", "vit_small_800ep"), false);
  assertEquals(decays("semi-supervised", "vit_small_1percent"), true);
  assertEquals(decays("transfer", "vit_small_flowers"), true);
});
