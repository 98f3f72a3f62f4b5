import type * as tf from "@tensorflow/tfjs";
import { compile, ensureBackend, tidy } from "../compile/mod.ts";
import { checkConfig, type Config } from "../configs/mod.ts";
import { batches, type BatchesOptions, type Loading, type Sample } from "../datasets/mod.ts";
import { methodOf } from "../methods/mod.ts";
import { type Processes, sumOver } from "../nn/mod.ts";
import { type Fact, loop, stepsDone, type Training } from "../training/mod.ts";
import { flatten } from "../tree/mod.ts";
import { betweenEpochs } from "./between_epochs.ts";
import { diagnose } from "./diagnose.ts";
import { lengthOf } from "./length.ts";
import { type Now, now, shareOf } from "./now.ts";
import { initState, type State } from "./state.ts";
import { type CompiledStep, compileStep } from "./step.ts";
import { surveyed } from "./survey.ts";

/** Options of {@linkcode pretrain}. */
export type PretrainOptions = Loading & Pick<BatchesOptions, "maxBad"> & {
  /** The state to continue from, which the run then owns; by default a new one. */
  state?: State;
  /** Batches of the data's order that are passed over, those before the state's step among them. */
  passedOver?: number;
  /**
   * A compiled step of the same configuration; by default one is compiled, and disposed of at the
   * end.
   */
  step?: CompiledStep;
  /** The processes that share every batch; by default this one is alone. */
  processes?: Processes;
  /** Ends the run where its method looks at all images before the first step. */
  signal?: AbortSignal;
};

/**
 * Pre-trains on images and yields a fact after every step. The state of a fact lives until the next
 * fact is requested; the last one is the caller's. The same configuration and images give the same
 * run, wherever it is continued.
 *
 * @throws {RangeError} If there are no images, or too few or others than before for the method, or
 * the configuration makes no sense.
 * @throws {Diverged} If a loss or a gradient is not finite; the state before it is the caller's.
 */
export async function* pretrain(
  samples: Sample[],
  config: Config,
  { state: first, passedOver = 0, step, processes, signal, ...loading }: PretrainOptions = {},
): AsyncGenerator<Fact & { state: State }, void, void> {
  checkConfig(config);
  const images = samples.length;
  const length = lengthOf(config, images);
  const method = methodOf(config);
  method.checkImages?.(config, images);
  if (first) checkSameImages(first, images, config);
  await ensureBackend();
  const begun = first ?? initState(config, images);
  const { batchSize, seed } = config;
  const numbers = method.schedules(config, length);
  const state = await surveyed(begun, samples, {
    ...{ ...stated(loading), config, processes, signal },
  });
  if (!state) return;
  using compiled = step ? null : compileStep(config, { processes });
  using sum = compile((x: tf.Tensor2D) => tidy(() => sumOver(x)), { name: "sum" });
  const summing = processes && { ...processes, sum };
  const loader = batches(samples, { batchSize, seed, plan: method.views(config) }, {
    ...stated(loading),
    share: processes,
    from: stepsDone(state) + passedOver,
    to: length.steps + passedOver,
  });
  yield* loop<State, Now>({
    state,
    batches: loader,
    passedOver,
    ...length,
    batchSize,
    between: (state, epoch) => betweenEpochs(state, epoch, { config, processes: summing }),
    step: step ?? compiled!,
    now(step, batch) {
      const whole = now(numbers(step), batch, config);
      return processes ? shareOf(whole, { config, processes }) : whole;
    },
    rate: (step) => numbers(step).rate,
    diagnose: (state, batch, now) => diagnose(state, batch, { now, config, processes }),
  });
}

/**
 * Refuses a state that was made for another number of images.
 *
 * @throws {RangeError} If it was.
 */
function checkSameImages({ learner, buffers }: State, images: number, config: Config): void {
  const shapes = Object.entries(flatten({ learner, buffers }))
    .map(([path, { shape }]) => [path, shape] as const);
  const before = methodOf(config).imagesOf?.(Object.fromEntries(shapes));
  if (before === undefined || before === images) return;
  throw new RangeError(
    `Cannot continue on ${images} images: the state keeps something of each of ${before}; bring ` +
      "those back, or begin anew",
  );
}

/** Options of {@linkcode trialOf}. */
export type TrialOptions = Loading & Pick<BatchesOptions, "maxBad"> & {
  step: CompiledStep;
  /** Steps of the trial. */
  steps?: number;
  /** The processes that share every batch; by default this one is alone. */
  processes?: Processes;
};

/** A training of a few steps to be measured: on the images of a run, at a rate of 0. */
export function trialOf(
  samples: Sample[],
  config: Config,
  { step, steps = 15, processes, ...loading }: TrialOptions,
): Pick<Training<State, Now>, "state" | "batches" | "step" | "now"> {
  const { batchSize, seed } = config;
  const method = methodOf(config);
  const numbers = method.schedules(config, { steps: 1, stepsPerEpoch: 1 })(0);
  const order = { batchSize, seed: `${seed}/measure`, plan: method.views(config) };
  return {
    state: initState(config, samples.length),
    batches: batches(samples, order, { ...stated(loading), share: processes, to: steps }),
    step,
    now() {
      const whole = now({ ...numbers, rate: 0 }, 0, config);
      return processes ? shareOf(whole, { config, processes }) : whole;
    },
  };
}

/** Options without those that are left open, for which defaults stand in. */
function stated<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
