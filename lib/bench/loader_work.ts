import { use } from "../compile/mod.ts";
import { batches, imageFolder } from "../datasets/mod.ts";
import { methodOf } from "../methods/mod.ts";
import { measuredPresets, type Prepared, type Setting } from "./task.ts";

/**
 * All views of JPEG files for training steps, made by as many threads as there are processors while
 * nothing trains; every file is decoded anew.
 */
export async function loaderWork(
  { preset, batchSize, photos, threads, reducedDecoding }: Setting,
): Promise<Prepared> {
  await use("cpu");
  const { train } = await imageFolder(photos, { scored: false });
  const config = { ...measuredPresets[preset], strongShare: 0 };
  const plan = methodOf(config).views(config);
  const options = { workers: threads, cacheBytes: 0, reducedDecoding };
  const loader = batches(train, { batchSize, seed: "bench", plan }, options);
  const steps = Math.floor(train.length / batchSize);
  return {
    items: steps * batchSize,
    async once() {
      for (let step = 0; step < steps; step++) {
        const { value } = await loader.next();
        value![Symbol.dispose]();
      }
    },
  };
}
