import * as tf from "@tensorflow/tfjs";
import type { Config } from "../configs/mod.ts";
import { batches, type BatchesOptions, type Sample } from "../datasets/mod.ts";
import { methodOf } from "../methods/mod.ts";
import type { Processes } from "../nn/mod.ts";
import { numberOf, replace, stepsDone, type StepsInOptions } from "../training/mod.ts";
import { dispose, leaves } from "../tree/mod.ts";
import { compileSurvey } from "./compile_survey.ts";
import { lengthOf } from "./length.ts";
import { now } from "./now.ts";
import { initState, type State } from "./state.ts";

/** Batches by which the time of a survey is measured. */
const measured = 5;

/** Options of {@linkcode surveyed}. */
export type SurveyOptions = Omit<BatchesOptions, "from" | "to" | "share"> & {
  config: Config;
  /** The processes that share every batch; by default this one is alone. */
  processes?: Processes;
  /** Ends the pass. */
  signal?: AbortSignal;
};

/**
 * The state after its method's pass over all images before the first step; the same state where
 * there is none, or steps are done already. The given one is used up; `null` if the pass was ended.
 */
export async function surveyed(
  state: State,
  samples: Sample[],
  { signal, ...options }: SurveyOptions,
): Promise<State | null> {
  const { title, survey } = methodOf(options.config);
  if (!survey || stepsDone(state) > 0) return state;
  options.tell?.(`${title} looks at all ${samples.length} images before its first step`);
  let last = state;
  for await (const next of passes(state, samples, options)) {
    last = next;
    if (!signal?.aborted) continue;
    dispose(last);
    return null;
  }
  return last;
}

/** Options of {@linkcode surveySeconds}. */
export type SurveySecondsOptions =
  & Omit<SurveyOptions, "signal" | "tell">
  & Pick<StepsInOptions, "clock">;

/**
 * About how many seconds {@linkcode surveyed} takes before the first step of a run, by its first
 * batches; 0 where a method makes no such pass.
 */
export async function surveySeconds(
  samples: Sample[],
  { clock = () => performance.now(), ...options }: SurveySecondsOptions,
): Promise<number> {
  const { config } = options;
  if (!methodOf(config).survey) return 0;
  const { stepsPerEpoch } = lengthOf(config, samples.length);
  const ends: number[] = [];
  let last = initState(config, samples.length);
  for await (const next of passes(last, samples, options)) {
    last = next;
    tf.tidy(() => numberOf(leaves(next.buffers)[0]!.sum())); // waits for it
    if (ends.push(clock()) > measured) break;
  }
  dispose(last);
  const [first = 0] = ends, count = ends.length - 1; // the first batch, which compiles, is left out
  return count > 0 ? (ends.at(-1)! - first) / 1000 / count * stepsPerEpoch : 0;
}

/**
 * The states after each batch of a survey, of which only the last one lives. The order of the
 * images and their views are those of an epoch before the first one.
 */
async function* passes(
  state: State,
  samples: Sample[],
  { config, processes, ...loading }: SurveyOptions,
): AsyncGenerator<State, void, void> {
  const { survey, views, schedules } = methodOf(config);
  const { batchSize, seed } = config;
  const length = lengthOf(config, samples.length);
  const numbers = schedules(config, length);
  const plan = views(config).filter(({ name }) => survey!.views.includes(name));
  const epoch = batches(samples, { batchSize, seed, plan }, {
    ...loading,
    share: processes,
    from: -length.stepsPerEpoch,
    to: 0,
  });
  using pass = compileSurvey(config, processes);
  let last = state;
  for await (using loaded of epoch) {
    const { index, batch } = loaded;
    const moment = now(numbers(index), index, config);
    const next = pass(last, batch, moment.numbers);
    dispose(moment);
    replace(last, next);
    last = next;
    yield last;
  }
}
