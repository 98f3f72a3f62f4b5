import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { configureDetection, type DetectionConfig } from "../../configs/mod.ts";
import type { CocoSample } from "../../datasets/mod.ts";
import { permittedTest } from "../../testing/permitted.ts";
import { dispose, flatten } from "../../tree/mod.ts";
import {
  compileDetectorPasses,
  detectionLength,
  detectionRate,
  detectionSetup,
  detectionShapes,
  type DetectionState,
  detectorPasses,
  detectorShapes,
  evaluateDetection,
  initDetection,
  loadDetector,
  openDetection,
  passOf,
  restoreDetection,
  saveDetection,
  trainDetection,
} from "./mod.ts";

const categories = [{ id: 3, name: "wide" }, { id: 8, name: "tall" }];

/** A dark image with one bright rectangle. */
function sample(image: number): CocoSample {
  const [width, height] = [64, 64];
  const wide = image % 2 === 0;
  const [left, top] = [4 + 8 * (image % 3), 8 + 4 * (image % 4)];
  const [across, down] = wide ? [32, 16] : [16, 32];
  const inside = (x: number, y: number) =>
    x >= left && x < left + across && y >= top && y < top + down;
  const data = Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => inside(Math.floor(i / 3) % width, Math.floor(i / 3 / width)) ? 220 : 40,
  );
  const corners = [[left, top], [left + across, top], [left + across, top + down], [
    left,
    top + down,
  ]];
  return {
    ...{ id: `${image}.png`, image, width, height },
    read: () => Promise.resolve({ width, height, data }),
    annotations: [{
      ...{ id: image + 1, image_id: image, category_id: wide ? 3 : 8, area: across * down },
      ...{ bbox: [left, top, across, down], segmentation: [corners.flat()] },
    }],
  };
}

const samples = Array.from({ length: 4 }, (_, image) => sample(image));

const sizes = {
  ...{ imageSize: 32, patchSize: 16, width: 8, depth: 4, heads: 2, mlpRatio: 2 },
  relationBlocks: 0,
};

const setupOf = (overrides: Partial<DetectionConfig> = {}) =>
  detectionSetup(
    configureDetection({
      overrides: {
        ...{ batchSize: 2, mapWidth: 4, headWidth: 8, boxesLearned: 8, anchorsLearned: 16 },
        ...{ proposals: 16, scoredProposals: 8, detections: 4, shortSides: [64], scoredSide: 64 },
        ...overrides,
      },
    }),
    sizes,
    categories.length,
  );

permittedTest(
  "detection continued from a checkpoint ends in the same tensors, byte for byte",
  ["read", "write"],
  async () => {
    await tf.setBackend("cpu");
    const before = tf.memory().numTensors;
    const path = await Deno.makeTempFile();
    const setup = setupOf({
      ...{ steps: 2, dropPath: 0.2, scoreThreshold: 0, positions: [32, 48], cropShare: 0.5 },
      ...{ cropShortSides: [64], cropSides: [40, 60], warmupSteps: 2 },
    });
    const finish = async (state?: DetectionState, passedOver?: number) => {
      let last: DetectionState | null = null;
      for await (const fact of trainDetection(samples, setup, { categories, state, passedOver })) {
        last = fact.state;
        const { total, proposals, classes, boxes, masks } = fact.losses;
        assertAlmostEquals(total / (proposals! + classes! + boxes! + masks!), 1, 1e-4);
        if (fact.step === 1 && !state) await saveDetection(path, last, { setup });
      }
      const named = flatten(last!);
      const shapes = Object.entries(named).map(([name, { shape }]) => [name, shape] as const);
      assertEquals(Object.fromEntries(shapes), detectionShapes(setup));
      const bytes = Object.entries(named).map(([name, x]) => [name, [...x.dataSync()]]);
      dispose(named);
      return Object.fromEntries(bytes);
    };
    const whole = await finish();
    {
      using loaded = loadDetector(path);
      for (
        const { box: [left, top, right, bottom], mask, label } of loaded.objectsIn(
          await samples[0]!.read(),
        )
      ) {
        assert(left >= 0 && top >= 0 && right <= 64.01 && bottom <= 64.01 && label < 2);
        assertEquals([mask.width, mask.height], [64, 64]);
      }
    }
    const stored = openDetection(path);
    assertEquals([stored.step, stored.setup], [1, setup]);
    assertEquals(await finish(restoreDetection(stored), stored.passedOver), whole);
    assertEquals(tf.memory().numTensors, before);
    await Deno.remove(path);
  },
);

Deno.test("a detector is scored on every image, and leaves no tensors behind", async () => {
  await tf.setBackend("cpu");
  const setup = setupOf({ scoreThreshold: 0 });
  const state = initDetection(setup);
  const before = tf.memory().numTensors;
  using passes = compileDetectorPasses({ ...passOf(setup), training: false });
  let images = 0;
  const { box, mask, detections } = await evaluateDetection(samples, state.model, {
    ...{ setup, passes, categories, onImage: (done) => images = done },
  });
  assertEquals([images, tf.memory().numTensors], [samples.length, before]);
  assert(detections.length > 0 && detections.length <= 4 * samples.length);
  for (const { bbox: [left, top, width, height] = [], score } of detections) {
    assert(left! >= 0 && top! >= 0 && left! + width! <= 64.01 && top! + height! <= 64.01);
    assert(score > 0 && score < 1);
  }
  for (const { statistics: { AP, AR100 } } of [box, mask]) assert(AP >= 0 && AP <= AR100);
  dispose(state);
});

Deno.test("patches of 8 pixels have a pyramid of the same strides", async () => {
  await tf.setBackend("cpu");
  const setup = detectionSetup(setupOf().config, { ...sizes, patchSize: 8 }, 2);
  const { model, ...rest } = initDetection(setup);
  const named = Object.entries(flatten(model)).map(([name, { shape }]) => [name, shape] as const);
  assertEquals(Object.fromEntries(named), detectorShapes(setup));
  const { maps, outputs } = tf.tidy(() => {
    const { propose } = detectorPasses({ ...passOf(setup), training: false });
    const { maps, outputs } = propose(tf.zeros([1, 64, 96, 3]), model);
    return { maps: maps.map(({ shape }) => shape), outputs: outputs.length };
  }) as unknown as { maps: number[][]; outputs: number };
  assertEquals(maps.map(([, ...map]) => map), [
    [16, 24, 4],
    [8, 12, 4],
    [4, 6, 4],
    [2, 3, 4],
    [1, 2, 4],
  ]);
  assertEquals(outputs, 5);
  dispose(model, rest);
});

Deno.test("the learning rate falls after its epochs, and lengths follow the images", () => {
  const { config } = setupOf({ epochs: 12, warmupSteps: 0 });
  const length = detectionLength(config, 21);
  assertEquals(length, { steps: 120, stepsPerEpoch: 10 });
  const rate = detectionRate(config, length);
  assertEquals([0, 79, 80].map(rate), [1e-3, 1e-3, 1e-4]);
  assertThrows(() => detectionLength(config, 0), RangeError, "0 images in which objects");
});

Deno.test("backbones that have no pyramid are refused", () => {
  const config = configureDetection();
  const refused = (backbone: typeof sizes, message: string) =>
    assertThrows(() => detectionSetup(config, backbone, 2), Error, message);
  refused({ ...sizes, patchSize: 4 }, "patches of 4 pixels");
  const resnet = { ...sizes, resnet: {} };
  refused(resnet, "a residual network");
});
