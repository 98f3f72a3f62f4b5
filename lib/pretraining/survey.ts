import { compile, tidy } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import { type Batch, batches, type BatchesOptions, type Sample } from "../datasets/mod.ts";
import { methodOf, type Network, type StepNumbers, type StepScalars } from "../methods/mod.ts";
import { replace, stepsDone } from "../training/mod.ts";
import { dispose, flatten, unflatten } from "../tree/mod.ts";
import { now } from "./now.ts";
import type { State } from "./state.ts";
import { precisionOf } from "./precision.ts";

/** What a survey needs beside state and images. */
export type SurveyOptions = Omit<BatchesOptions, "from" | "to"> & {
  config: Config;
  stepsPerEpoch: number;
  /** The schedules of the run. */
  numbers(step: number): StepNumbers;
};

/**
 * The state after its method's pass over all images before the first step; the same state where
 * there is none, or steps are done already. The order of the images and their views are those of
 * an epoch before the first one.
 */
export async function surveyed(
  state: State,
  samples: Sample[],
  { config, numbers, stepsPerEpoch, ...loading }: SurveyOptions,
): Promise<State> {
  const { survey, views } = methodOf(config);
  if (!survey || stepsDone(state) > 0) return state;
  const { batchSize, seed } = config;
  const plan = views(config).filter(({ name }) => survey.views.includes(name));
  const epoch = batches(samples, { batchSize, seed, plan }, {
    ...loading,
    from: -stepsPerEpoch,
    to: 0,
  });
  using pass = compileSurvey(config);
  let last = state;
  for await (using loaded of epoch) {
    const { index, batch } = loaded;
    const moment = now(numbers(index), index, config);
    const next = pass(last, batch, moment.numbers);
    dispose(moment);
    replace(last, next);
    last = next;
  }
  return last;
}

/** A compiled pass over one batch before the first step; it leaves the state as it is. */
export type CompiledSurvey =
  & Disposable
  & ((state: State, batch: Batch, numbers: StepScalars) => State);

/**
 * Compiles a method's pass over one batch before the first step; dispose of it afterwards.
 *
 * @throws {TypeError} If the method has none.
 */
export function compileSurvey(config: Config): CompiledSurvey {
  const { survey, next, title } = methodOf(config);
  if (!survey) throw new TypeError(`${title} makes no pass over the images before the first step`);
  const pass = compile(
    ({ learner, buffers }: Networks, batch: Batch, numbers: StepScalars) =>
      tidy(() => {
        const { intake, statistics } = survey.pass({ learner, buffers }, batch, {
          numbers,
          config,
        });
        return { statistics, buffers: next(buffers, intake, config) };
      }),
    { name: "survey", precision: precisionOf(config) },
  );
  const step = (state: State, batch: Batch, numbers: StepScalars): State => {
    const { learner, buffers } = state;
    const { statistics, buffers: filled } = pass({ learner, buffers }, batch, numbers);
    const student = { ...flatten(learner.student), ...flatten(statistics) };
    return {
      ...state,
      learner: { ...learner, student: unflatten<Network>(student) },
      buffers: filled,
    };
  };
  return Object.assign(step, { [Symbol.dispose]: () => pass[Symbol.dispose]() });
}

/** What a pass sees of a state. */
type Networks = Pick<State, "learner" | "buffers">;
