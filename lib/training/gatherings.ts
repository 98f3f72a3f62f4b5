import * as tf from "@tensorflow/tfjs";
import { evalBatches, type Sample } from "../datasets/mod.ts";
import type { Image } from "../images/mod.ts";
import { forward, targetsOf } from "../methods/mod.ts";
import type { PretrainConfig } from "./config.ts";
import type { State } from "./state.ts";

/** What a prototype gathers: how many images, and those of which the teacher is surest. */
export type Gathering = { label: string; prototype: number; count: number; pictures: Image[] };

/** How many prototypes are told of, and how many images of each. */
export type GatheringOptions = {
  evalCrop?: "center" | "whole";
  largest?: number;
  each?: number;
};

/**
 * What the group supervision gathers: each image goes to the prototype to which the teacher assigns most of it; told are the
 * prototypes with the most images, and of each the images of which the teacher is surest.
 *
 * @param config The one of the run.
 */
export async function gatherings(
  state: State,
  samples: Sample[],
  config: PretrainConfig & GatheringOptions,
): Promise<Gathering[]> {
  const { evalCrop = "whole", largest = 6, each = 8 } = config;
  const [best, share]: [number[], number[]] = [[], []];
  const options = { size: config.globalSize, batchSize: 128, evalCrop };
  for await (using batch of evalBatches(samples, options)) {
    const found = tf.tidy(() => {
      const [embeddings] = forward([batch.images], state.teacher, {
        memory: state.memories.teacher,
        config,
      });
      const temperature = tf.scalar(config.teacherTemperature);
      const targets = targetsOf(embeddings, { center: state.center, temperature });
      return { best: targets.argMax<tf.Tensor1D>(1), share: targets.max<tf.Tensor1D>(1) };
    });
    best.push(...await found.best.array());
    share.push(...await found.share.array());
    tf.dispose(found);
  }
  const members = Map.groupBy(best.keys(), (i) => best[i]);
  const told = [...members].toSorted(([, a], [, b]) => b.length - a.length).slice(0, largest);
  return await Promise.all(told.map(async ([prototype, rows]) => {
    const surest = rows.toSorted((a, b) => share[b] - share[a]).slice(0, each);
    const pictures = await Promise.all(surest.map((i) => samples[i].read()));
    const label = `prototype ${prototype},<br>${rows.length} images`;
    return { label, prototype, count: rows.length, pictures };
  }));
}
