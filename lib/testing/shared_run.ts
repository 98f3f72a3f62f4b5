import { agreement, processesOf, use } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import { methodOf } from "../methods/mod.ts";
import {
  compileStep,
  openState,
  pretrain,
  restoreState,
  saveState,
  type State,
  type StepLayout,
} from "../pretraining/mod.ts";
import { dispose, flatten } from "../tree/mod.ts";
import { type ProcessWork, resultFile } from "./in_processes.ts";
import { narrow, noiseSamples } from "./narrow_config.ts";

/** A run of few steps. */
export type SharedRun = {
  method: string;
  preset: string;
  steps: number;
  changes: Partial<Config>;
  layout?: StepLayout;
  /** The step after which it ends, and a file for its state there; by default at its last one. */
  pause?: { step: number; path: string };
  /** A file with the state from which it goes on. */
  from?: string;
};

/** Its losses, step by step, and its last state by names. */
export type SharedResult = { losses: Record<string, number>[]; state: Record<string, number[]> };

/** Runs alone, or with the processes among which this one is. */
export async function runShared(
  { method, preset, steps, changes, layout, pause, from }: SharedRun,
): Promise<SharedResult> {
  const { presets } = methodOf({ method });
  const config = narrow(presets[preset]!, { steps, ...changes });
  const processes = processesOf();
  using step = compileStep(config, { ...layout, processes });
  const losses: SharedResult["losses"] = [];
  let last: State;
  const state = from === undefined ? undefined : restoreState(openState(from));
  const options = { workers: 0, processes, step, state };
  for await (const fact of pretrain(noiseSamples(24), config, options)) {
    losses.push(fact.losses);
    last = fact.state;
    if (fact.step === pause?.step) break;
  }
  if (pause && (processes?.index ?? 0) === 0) await saveState(pause.path, last!, { config });
  const numbers = Object.fromEntries(
    Object.entries(flatten(last!)).map(([name, x]) => [name, Array.from(x.dataSync())]),
  );
  dispose(last!);
  return { losses, state: numbers };
}

if (import.meta.main) {
  const work: ProcessWork<SharedRun[]> = JSON.parse(Deno.args[0]!);
  const { cluster, request } = work;
  await use("tensorflow", { cluster, intraOpThreads: 1, interOpThreads: 1, device: "cpu" });
  const results: SharedResult[] = [];
  for (const run of request) results.push(await runShared(run));
  await Deno.writeTextFile(resultFile(work), JSON.stringify(results));
  using group = agreement();
  group.any(false); // none leaves before the others are done
}
