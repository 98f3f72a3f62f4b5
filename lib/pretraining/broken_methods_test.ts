import { assert, assertEquals } from "@std/assert";
import type { Config, RecipeFields } from "../configs/mod.ts";
import { granules } from "../datasets/mod.ts";
import { methods } from "../methods/mod.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import { pretrain } from "./mod.ts";

const { train } = granules({ train: 64, test: 0 });

/** The share of the second half of a narrow run in which it is told that it has collapsed. */
async function collapsedShare(method: "simsiam" | "dino", changes: RecipeFields): Promise<number> {
  const narrow = { preset: "narrow", precision: "float32", width: 32, depth: 1, heads: 2, seed: 2 };
  const config = { ...methods[method].presets.tiny, ...narrow, ...changes } as Config;
  const half = config.steps! / 2;
  let told = 0;
  for await (const { step, collapse } of pretrain(train, config, { workers: 0 })) {
    if (step > half && collapse !== null) told++;
  }
  return told / half;
}

tensorflowTest("SimSiam collapses without its stop-gradient, and the run says so", async () => {
  const run = { batchSize: 32, steps: 120, learningRate: 0.012, headOut: 64, predictorHidden: 16 };
  assertEquals(await collapsedShare("simsiam", { ...run, stopGradient: true }), 0);
  assert(await collapsedShare("simsiam", { ...run, stopGradient: false }) > 0.5);
});

tensorflowTest("DINO collapses without its center, and the run says so", async () => {
  const run = {
    ...{ batchSize: 16, steps: 80, learningRate: 0.002, localCrops: 0 },
    ...{ headHidden: 32, bottleneck: 16, prototypes: 32 },
  };
  assertEquals(await collapsedShare("dino", { ...run, centerMomentum: 0.9 }), 0);
  // A center that keeps all of itself stays where it begins, at zero.
  assert(await collapsedShare("dino", { ...run, centerMomentum: 1 }) > 0.5);
});
