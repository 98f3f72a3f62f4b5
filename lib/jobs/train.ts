import { type Encoder, loadEncoder } from "../models/mod.ts";
import { defaultObserver } from "./notebook_observer.ts";
import { displayedTraining } from "./displayed_training.ts";
import { prepareTraining } from "./prepare_training.ts";
import { resolveTraining, type TrainRequest } from "./resolve_training.ts";
import { runTraining, type TrainingResult } from "./run_training.ts";
import type { SharedJobOptions } from "./start_together.ts";

/** A run that has come to its end; a notebook shows it by its losses. */
export type TrainedRun = TrainingResult & {
  /** The run's folder, with its configuration, metrics and checkpoints. */
  path: string;
  /** The backbone that was learned; the caller disposes of it. */
  encoder(): Encoder;
};

/**
 * Pre-trains a backbone on images without labels, as `deno task pretrain` does: the same options by
 * the same names, the same checks, the same files in the run's folder.
 *
 * @example Ten minutes on a folder of images, and five more
 * ```ts
 * import { train } from "mugs";
 *
 * const run = await train({ data: "images", out: "run", minutes: 10 });
 * await train({ data: "images", out: run.path, resume: true, minutes: 5 });
 * ```
 *
 * @throws {Interrupted} If the signal stopped it; what was learned until then is saved.
 * @throws {Error} If it cannot be done, or breaks off: why, and what to do.
 */
export async function train(
  request: TrainRequest = {},
  { observer = defaultObserver(), ...options }: SharedJobOptions = {},
): Promise<TrainedRun> {
  const { request: training } = await resolveTraining(request);
  const job = await prepareTraining(training, observer);
  const result = await runTraining(job, { ...options, observer });
  return displayedTraining({
    ...result,
    path: job.path,
    encoder: () => loadEncoder(result.checkpoint),
  });
}
