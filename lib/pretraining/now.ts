import * as tf from "@tensorflow/tfjs";
import { tidy } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import { type Masks, methodOf, type StepNumbers, type StepScalars } from "../methods/mod.ts";
import type { Processes } from "../nn/mod.ts";
import { Random } from "../random/mod.ts";
import { dispose } from "../tree/mod.ts";
import { masksOf } from "./cut.ts";

/**
 * What changes from step to step without being state, as tensors: a step is traced once for all.
 */
export type Now = {
  /** The schedules' numbers of the step. */
  numbers: StepScalars;
  /** Stochastic depth of the student; none at rate 0. */
  masks: Masks;
};

/**
 * The tensors of a step. Its masks depend on the seed and the batch alone, so that a run can go on
 * from anywhere.
 *
 * @param batch Batches of the data's order before this one.
 */
export function now(numbers: StepNumbers, batch: number, config: Config): Now {
  const random = new Random(`${config.seed}/drop path/${batch}`);
  const scalars = Object.entries(numbers).map(([name, value]) => [name, tf.scalar(value)]);
  return {
    numbers: Object.fromEntries(scalars) as StepScalars,
    masks: methodOf(config).masks(config, random),
  };
}

/** The same for one process: its share of the masks, in place of those of the whole batch. */
export function shareOf(
  { numbers, masks }: Now,
  { config: { batchSize }, processes }: { config: Config; processes: Processes },
): Now {
  const { count, index } = processes;
  const share = tidy(() => masksOf(masks, { images: batchSize, index, parts: count }));
  dispose(masks);
  return { numbers, masks: share };
}
