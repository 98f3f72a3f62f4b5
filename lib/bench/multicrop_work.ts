import { use } from "../compile/mod.ts";
import { batches, imageFolder } from "../datasets/mod.ts";
import { methodOf } from "../methods/mod.ts";
import { measuredPresets, type Prepared, type Setting } from "./task.ts";

/**
 * The weakly augmented views of JPEG files for a training step, made in this thread; every file is
 * decoded anew.
 */
export async function multicropWork({ preset, batchSize, photos }: Setting): Promise<Prepared> {
  await use("cpu");
  const { train } = await imageFolder(photos, { scored: false });
  const config = { ...measuredPresets[preset], strongShare: 0 };
  const plan = methodOf(config).views(config);
  const to = Math.floor(train.length / batchSize);
  return {
    items: to * batchSize,
    async once() {
      const options = { to, workers: 0, cacheBytes: 0 };
      for await (using _ of batches(train, { batchSize, seed: "bench", plan }, options));
    },
  };
}
