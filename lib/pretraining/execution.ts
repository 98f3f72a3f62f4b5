import { type BackendOptions, gpuMemory } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import type { StepLayout } from "./step.ts";
import { type StepMemory, stepMemory } from "./step_memory.ts";

/** Widths up to which an operation is too small to be worth sharing among threads. */
const narrow = 256;

/**
 * Processors up to which several operations of a wider network, one thread each, keep all of them
 * busy.
 */
const few = 4;

/** From this width on (ViT-B) a step does not keep the insides of blocks for the gradient. */
const wide = 768;

/**
 * The share of a GPU's memory up to which a step is taken to fit: the rest is for what is not
 * counted, such as logits.
 */
const share = 0.6;

/**
 * How training shares the processor: settings of the backend, and of the step that is compiled for it.
 */
export type Execution = { runtime: BackendOptions; step: StepLayout };

/**
 * How training shares so many processors. The operations of a narrow network are short: one thread
 * each, several at a time, takes a sixth less processor time than all threads on each in turn
 * (measured on two cores with the preset `tiny`). A step is then cut into as many chains of
 * operations, of which several can run side by side. A ViT-S gains a tenth on two cores. All but
 * narrow networks replace their state tensor by tensor, so that only one is in memory.
 */
export function execution(
  { width }: { width: number },
  processors: number = navigator.hardwareConcurrency,
): Execution {
  const parts = width > narrow;
  if (width >= wide) return { runtime: {}, step: { parts, recompute: true } };
  if (width > narrow && processors > few) return { runtime: {}, step: { parts } };
  return {
    runtime: { intraOpThreads: 1, interOpThreads: processors },
    step: { chains: Math.min(few, processors), parts },
  };
}

/** What training runs on; by default the machine and the device in use. */
export type TrainingDevice = {
  processors?: number;
  /** Bytes of the GPU's memory; `null` where a processor computes. */
  memory?: number | null;
};

/**
 * The layout of a step on the device in use, once the backend has started: on a GPU it follows from
 * its memory, on a processor from their number.
 */
export function layoutFor(
  { width, needs }: { width: number; needs: StepMemory },
  { processors, memory = gpuMemory() }: TrainingDevice = {},
): StepLayout {
  return memory === null ? execution({ width }, processors).step : onGpu(needs, memory);
}

/** The layout of a step of pre-training on the device in use. */
export function deviceLayout(config: Config, device: TrainingDevice = {}): StepLayout {
  return layoutFor({ width: config.width, needs: stepMemory(config) }, device);
}

/**
 * The layout of a step on a GPU, which is sent its operations one by one: few large ones, and parts
 * only where one function does not fit into its memory.
 */
function onGpu(needs: StepMemory, memory: number): StepLayout {
  const fits = (bytes: number) => bytes <= share * memory;
  const layout = { together: true, lean: true };
  if (fits(needs.lean)) return layout;
  return { ...layout, recompute: true, parts: !fits(needs.recompute) };
}
