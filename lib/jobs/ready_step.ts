import { agreement, processesOf } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import { type Dataset, type Loading, stepsPerEpoch } from "../datasets/mod.ts";
import {
  type CompiledStep,
  compileStep,
  deviceLayout,
  precisionOf,
  type StepLayout,
  surveySeconds,
  trialOf,
} from "../pretraining/mod.ts";
import { stepsIn } from "../training/mod.ts";

/** A training that is ready to begin: its step compiled, its number of steps known. */
export type ReadyStep = Disposable & { config: Config; step: CompiledStep };

/** How a training is made ready. */
export type ReadyOptions = {
  /** The minutes for which to train; `null` where the configuration says how long. */
  minutes: number | null;
  /** The greatest share of images that may be unreadable. */
  maxBad: number;
  /**
   * How the work of a step is laid out; what is left open follows from the network and the device.
   */
  layout?: StepLayout;
  /** Steps done before, to which those of the minutes are added. */
  done?: number;
  /** How images come from their files. */
  loading?: Loading;
  /** Processors of this process; by default those of the machine. */
  processors?: number;
};

/**
 * Compiles a step and, where training is to last some minutes, measures how many steps fit into
 * them, by the clock of the first process: the number is frozen in the configuration, with the
 * epochs that it makes, so that schedules end where training ends.
 */
export async function readyStep(
  data: Dataset,
  config: Config,
  { minutes, maxBad, layout, loading, done = 0, processors }: ReadyOptions,
): Promise<ReadyStep> {
  const processes = processesOf();
  const images = config.batchSize / (processes?.count ?? 1);
  const device = deviceLayout({ ...config, batchSize: images }, { processors });
  const step = compileStep(config, { ...device, ...layout, processes });
  const stepsWithin = async (minutes: number) => {
    using group = agreement();
    const clock = () => group.ofFirst(performance.now());
    const start = clock();
    const shared = { ...loading, maxBad, processes };
    const survey = done > 0 ? 0 : await surveySeconds(data.train, { ...shared, config, clock });
    const rest = { minutes: minutes - survey / 60, start };
    return done + await stepsIn(rest, trialOf(data.train, config, { ...shared, step }), { clock });
  };
  const steps = minutes === null ? config.steps : await stepsWithin(minutes);
  const epochs = steps === null
    ? config.epochs
    : Number((steps / stepsPerEpoch(data.train.length, config.batchSize)).toPrecision(6));
  const frozen = { ...config, epochs, steps, precision: precisionOf(config) };
  return { config: frozen, step, [Symbol.dispose]: () => step[Symbol.dispose]() };
}
