import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type IbotConfig, recipes } from "../../configs/mod.ts";
import { assemble } from "../../datasets/assemble.ts";
import { toBatch } from "../../datasets/batch.ts";
import { compileStep, initState, now, type StepLayout } from "../../pretraining/mod.ts";
import { flatten } from "../../tree/mod.ts";
import { methodOf } from "../mod.ts";
import { views } from "./views.ts";

const config: IbotConfig = {
  ...recipes.ibot.presets.tiny!,
  ...{ batchSize: 4, precision: "float32", imageSize: 16, patchSize: 4, width: 8, depth: 2 },
  ...{ heads: 2, headHidden: 8, bottleneck: 6, prototypes: 10, patchPrototypes: 10 },
  ...{ globalSize: 16, localSize: 8, localCrops: 3, steps: 4, maskRatios: [0.3, 0.5] },
};

/** A batch as the loader makes it. */
function batchOf(seed: string) {
  const data = Uint8Array.from({ length: 20 * 20 * 3 }, (_, i) => (i * 37) % 256);
  const images = Array.from({ length: 4 }, () => ({ width: 20, height: 20, data }));
  const plan = views(config);
  return toBatch(assemble({ images, seeds: images.map((_, i) => `${seed}/${i}`), plan }), plan);
}

Deno.test("a batch has a mask for every large view, by its seed, and none for small ones", () => {
  const { global, local } = batchOf("a");
  assertEquals(global!.patchMasks!.shape, [8, 16]);
  assertEquals(local!.patchMasks, undefined);
  const same = batchOf("a").global!.patchMasks!.dataSync();
  assertEquals(global!.patchMasks!.dataSync(), same);
  const share = global!.patchMasks!.mean().dataSync()[0]!;
  assert(share > 0.1 && share < 0.7, `${share} of the patches are masked`);
});

/** The student's parameters, the buffers and the losses after a step. */
function after(config: IbotConfig, layout: StepLayout) {
  const numbers = methodOf(config).schedules(config, { steps: 4, stepsPerEpoch: 2 })(3);
  const moment = now({ ...numbers, rate: 0.01, frozen: 0 }, 0, config);
  using step = compileStep(config, layout);
  const [{ learner, buffers }, { losses }] = step(initState(config), batchOf("b"), moment);
  return flatten({ student: learner.student, buffers, losses });
}

const layouts: Record<string, StepLayout> = {
  "in two parts of the batch": { accumulate: 2 },
  "of one view at a time": { chunk: 1 },
  "of two views at a time": { chunk: 2 },
};

for (const [name, layout] of Object.entries(layouts)) {
  for (const sharedHead of [true, false]) {
    const heads = sharedHead ? "a shared head" : "two heads";
    Deno.test(`a step of iBOT with ${heads} ${name} equals a whole one`, async () => {
      await tf.setBackend("cpu");
      const whole = after({ ...config, sharedHead }, {});
      const parts = after({ ...config, sharedHead }, layout);
      for (const [path, tensor] of Object.entries(whole)) {
        if (path.endsWith("qkv.bias")) continue; // keys have no gradient but rounding
        const values = parts[path]!.dataSync();
        for (const [i, value] of tensor.dataSync().entries()) {
          assertAlmostEquals(values[i]!, value, 2e-4, path);
        }
      }
    });
  }
}
