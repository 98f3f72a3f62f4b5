import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { configureSegmentation, type SegmentationConfig } from "../../configs/mod.ts";
import type { LabeledSample } from "../../datasets/mod.ts";
import { initVit } from "../../models/mod.ts";
import { Random } from "../../random/mod.ts";
import { permittedTest, tensorflowTest } from "../../testing/permitted.ts";
import { dispose, flatten } from "../../tree/mod.ts";
import {
  compileSegmenter,
  evaluateSegmentation,
  initSegmentation,
  loadSegmenter,
  openSegmentation,
  predictClasses,
  type PredictOptions,
  restoreSegmentation,
  saveSegmentation,
  segmentationSetup,
  segmentationShapes,
  type SegmentationState,
  trainSegmentation,
} from "../mod.ts";

const sizes = {
  ...{ imageSize: 16, patchSize: 4, width: 8, depth: 3, heads: 2, mlpRatio: 2 },
  relationBlocks: 1,
};

/** An image of a dark part and a bright one, which are of class 0 and 1; a corner has no class. */
function sample(id: number): LabeledSample {
  const [width, height] = [20, 16], border = 6 + id % 9, turned = id % 2;
  const bright = (i: number) => Number((i % width >= border) !== (turned === 1));
  const mask = Uint8Array.from({ length: width * height }, (_, i) => bright(i));
  mask[0] = 255;
  const data = Uint8Array.from(
    { length: 3 * width * height },
    (_, i) => 60 + 120 * bright(Math.floor(i / 3)),
  );
  return {
    id: `${id}`,
    read: () => Promise.resolve({ width, height, data }),
    mask: () => Promise.resolve({ width, height, data: mask }),
  };
}

const samples = Array.from({ length: 6 }, (_, id) => sample(id));

const setupOf = (overrides: Partial<SegmentationConfig>) =>
  segmentationSetup(
    configureSegmentation({ overrides: { batchSize: 2, channels: 4, crop: 16, ...overrides } }),
    sizes,
    2,
  );

const recipes: Partial<SegmentationConfig>[] = [
  { head: "linear", steps: 6, dropout: 0.2, photometric: true },
  {
    ...{ head: "upernet", steps: 4, auxiliaryChannels: 4, dropPath: 0.2, dropout: 0.2 },
    warmupSteps: 2,
  },
];

for (const overrides of recipes) {
  permittedTest(
    `${overrides.head} continued from a checkpoint ends in the same tensors, byte for byte`,
    ["read", "write"],
    async () => {
      await tf.setBackend("cpu");
      const before = tf.memory().numTensors;
      const path = await Deno.makeTempFile();
      const setup = setupOf(overrides);
      const finish = async (state?: SegmentationState, passedOver?: number) => {
        let last: SegmentationState | null = null;
        for await (const fact of trainSegmentation(samples, setup, { state, passedOver })) {
          last = fact.state;
          assert(fact.losses.total > 0 && fact.signs.pixelAccuracy! >= 0);
          if (fact.step === 2 && !state) await saveSegmentation(path, last, { setup });
        }
        const named = flatten(last!);
        const shapes = Object.entries(named).map(([name, { shape }]) => [name, shape] as const);
        assertEquals(Object.fromEntries(shapes), segmentationShapes(setup));
        const bytes = Object.entries(named).map(([name, x]) => [name, [...x.dataSync()]]);
        dispose(named);
        return Object.fromEntries(bytes);
      };
      const whole = await finish();
      const stored = openSegmentation(path);
      assertEquals([stored.step, stored.setup], [2, setup]);
      assertEquals(await finish(restoreSegmentation(stored), stored.passedOver), whole);
      assertEquals(tf.memory().numTensors, before);
      await Deno.remove(path);
    },
  );
}

tensorflowTest("a linear head learns dark from bright, and leaves the backbone", async () => {
  for (const scoring of ["whole", "slide"] as const) {
    const setup = setupOf({ head: "linear", steps: 40, learningRate: 0.1, scoring });
    const vit = initVit(sizes, new Random("weights"));
    const weight = () => state.model.backbone.blocks[0]!.mlp.fc1.weight.dataSync().join();
    let state = initSegmentation(setup, vit);
    const first = weight();
    const losses: number[] = [];
    for await (const fact of trainSegmentation(samples, setup, { state })) {
      state = fact.state;
      losses.push(fact.losses.total);
    }
    assert(losses.at(-1)! < 0.5 * losses[0]!, losses.join());
    using segmented = compileSegmenter(setup);
    const { mIoU, aAcc } = await evaluateSegmentation(samples, state.model, { setup, segmented });
    assert(mIoU > 0.8 && aAcc > 0.9, `${scoring}: ${mIoU} ${aAcc}`);
    await loadedIsSame(state, { setup, segmented });
    assertEquals(weight(), first);
    dispose(state);
  }
});

/** A segmenter that is loaded from a file tells the same classes. */
async function loadedIsSame({ model, ...rest }: SegmentationState, options: PredictOptions) {
  const path = await Deno.makeTempFile();
  await saveSegmentation(path, { model, ...rest }, options);
  const image = await samples[1]!.read();
  using loaded = loadSegmenter(path);
  assertEquals(await loaded.classesOf(image), await predictClasses(image, model, options));
  await Deno.remove(path);
}

Deno.test("a setup that cannot be computed is refused", () => {
  assertThrows(() => setupOf({ crop: 18 }), RangeError, "`crop` 18 is not a multiple");
  const config = configureSegmentation({ overrides: { head: "upernet", crop: 16 } });
  assertThrows(
    () => segmentationSetup(config, { ...sizes, patchSize: 8 }, 2),
    RangeError,
    "take 32 or more",
  );
});
