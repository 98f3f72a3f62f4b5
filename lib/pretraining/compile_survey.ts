import { compile, tidy } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import type { Batch } from "../datasets/mod.ts";
import { methodOf, type Network, type StepScalars } from "../methods/mod.ts";
import type { Processes } from "../nn/mod.ts";
import { flatten, unflatten } from "../tree/mod.ts";
import { joinProcesses } from "./gather.ts";
import { precisionOf } from "./precision.ts";
import type { State } from "./state.ts";

/** A compiled pass over one batch before the first step; it leaves the state as it is. */
export type CompiledSurvey =
  & Disposable
  & ((state: State, batch: Batch, numbers: StepScalars) => State);

/**
 * Compiles a method's pass over one batch before the first step; dispose of it afterwards.
 *
 * @param processes Those that share the batch; by default this one is alone.
 * @throws {TypeError} If the method has none.
 */
export function compileSurvey(config: Config, processes?: Processes): CompiledSurvey {
  const { survey, next, joins, title } = methodOf(config);
  if (!survey) throw new TypeError(`${title} makes no pass over the images before the first step`);
  const pass = compile(
    ({ learner, buffers }: Networks, batch: Batch, numbers: StepScalars) =>
      tidy(() => {
        const { intake, statistics } = survey.pass({ learner, buffers }, batch, {
          numbers,
          config,
          processes,
        });
        const whole = processes
          ? joinProcesses(intake, joins, { processes, images: config.batchSize / processes.count })
          : intake;
        return { statistics, buffers: next(buffers, whole, config) };
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
