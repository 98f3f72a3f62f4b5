import type { Backend } from "../compile/mod.ts";
import { type LinearConfig, linearPresets } from "../configs/mod.ts";
import { escapeControls } from "../images/mod.ts";
import {
  linearGrid,
  type LinearRecipe,
  type Score,
  selectClassifier,
  type Selection,
  trainLinear,
} from "../protocols/mod.ts";
import { digest } from "../runs/mod.ts";
import { dispose } from "../tree/mod.ts";
import { checkFile } from "./destination.ts";
import { type ComputeRequest, type InputRequest, type Inputs, openInputs } from "./inputs.ts";
import { leaveOut, type LeftOut } from "./leave_out.ts";
import { levelOf } from "./level.ts";
import { readLinearProgress, saveLinearProgress } from "./linear_progress.ts";
import { type JobOptions, type Observer, silent } from "./observer.ts";
import { startBackend } from "./start_backend.ts";
import { toEncoder } from "./weights.ts";

/** What is probed by classifiers on augmented images, and how. */
export type LinearRequest = InputRequest & ComputeRequest & {
  preset?: string;
  /** Fields that differ from the preset's. */
  overrides?: Partial<LinearConfig>;
  seed?: number;
  level?: string;
  /** A file that keeps what was reached after each epoch, from which the same job continues. */
  out?: string;
};

/** What was checked and can be probed. */
export type LinearJob = Inputs & {
  linear: LinearConfig;
  recipes: LinearRecipe[];
  seed: number;
  level: string;
  out: string | null;
  skipBad: boolean;
  /** `null` for the best that this machine has. */
  backend: Backend | null;
};

/** The scores of all classifiers after each epoch, and the choice among them. */
export type LinearResult = {
  scores: Score[][];
  selection: Selection;
  leftOut: LeftOut;
};

/**
 * Checks what linear probing on augmented images takes, before anything is downloaded.
 *
 * @throws {Error} If it cannot be done: why, and what to do.
 */
export async function prepareLinear(
  { preset = "small", overrides = {}, seed = 0, out, ...request }: LinearRequest,
  observer?: Observer,
): Promise<LinearJob> {
  const base = linearPresets.find((each) => each.preset === preset);
  if (!base) {
    const names = linearPresets.map(({ preset }) => preset).join(", ");
    throw new RangeError(`\`preset\` takes one of ${names}, not "${preset}"`);
  }
  const linear = { ...base, ...overrides };
  const inputs = await openInputs({ ...request, seed }, { scored: true, observer });
  const { depth, resnet } = inputs.weights.stored.sizes;
  if (!resnet && linear.blocks > depth) {
    throw new RangeError(`\`blocks\` ${linear.blocks} is more than the ${depth} of the network`);
  }
  if (linear.patchMean === "interleaved" && linear.blocks > 1) {
    throw new RangeError("`patchMean` interleaved takes `blocks` 1: give one of them otherwise");
  }
  if (out !== undefined) await checkFile(out, { fresh: true, inputs: [request.checkpoint] });
  return {
    ...inputs,
    linear,
    recipes: linearGrid(linear),
    seed,
    level: levelOf(inputs.data, request.level),
    out: out ?? null,
    skipBad: request.skipBad ?? false,
    backend: request.backend ?? null,
  };
}

/** Trains linear classifiers on a frozen network, and scores them after every epoch. */
export async function runLinear(
  job: LinearJob,
  { observer = silent, ...computing }: JobOptions = {},
): Promise<LinearResult> {
  const { weights, config, precision, linear, recipes, level, seed, out, skipBad } = job;
  const { data, leftOut } = await leaveOut(job.data, { skipBad, observer });
  await startBackend(job.backend, { observer, ...computing });
  using encoder = toEncoder(weights, { name: "checkpoint", precision, observer });
  const key = await keyOf(job);
  const from = out === null ? null : await readLinearProgress(out, key);
  if (from) observer.tell(`Continuing ${escapeControls(out!)}, after epoch ${from.epoch}`);
  const options = {
    ...{ ...config, config: linear, level, seed, from },
    perClass: data.usual?.score === "perClass",
    onProgress: (done: number, total: number) =>
      observer.count?.({ what: "linear classifiers", done, total }),
  };
  let progress = from;
  for await (progress of trainLinear(data, encoder, options)) {
    if (out !== null) await saveLinearProgress(out, key, progress);
    const { best } = choose(progress.scores, recipes);
    observer.tell(`epoch ${progress.epoch}: top-1 ${best.top1.toFixed(2)} % at best`);
  }
  const { scores, columns } = progress!;
  dispose(columns);
  return { scores, leftOut, selection: choose(scores, recipes) };
}

function choose(scores: readonly Score[][], recipes: readonly LinearRecipe[]): Selection {
  return selectClassifier(scores.map((epoch) => epoch.map(({ top1 }) => top1)), recipes);
}

/** Equal for jobs whose classifiers are equal. */
async function keyOf({ linear, data, weights, config, seed, level }: LinearJob): Promise<string> {
  const { evalCrop, evalSize, imageSize } = config;
  const identity = [linear, data.fingerprint, weights.fingerprint, seed, level];
  return (await digest(JSON.stringify([...identity, evalCrop, evalSize, imageSize]))).slice(0, 12);
}
