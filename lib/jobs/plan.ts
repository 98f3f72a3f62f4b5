import type { Backend } from "../compile/mod.ts";
import { checkWholeConfig, type Config } from "../configs/mod.ts";
import { digest, runsFolder } from "../runs/mod.ts";
import { displayedRun } from "./displayed_run.ts";
import { nameIn, type PlannedData, settledData } from "./planned_data.ts";

/** What is to be pre-trained in a process of its own. */
export type Plan = {
  config: Config;
  /** The folder of images, or which granules; by default the usual ones. */
  data?: PlannedData;
  backend?: Backend;
};

/** A planned run: its folder, and what is to be done there. */
export type PlannedRun = Required<Plan> & { path: string };

/**
 * Plans a run. The name of its folder follows from the plan, so that an equal plan leads to the
 * same run again: while it goes on, when it was stopped, and when it is finished.
 *
 * @param options `folder`: where the run's folder lies; by default where all runs lie.
 * @throws {TypeError} If the configuration lacks a field, or has one that there is not.
 * @throws {RangeError} If a field does not take its value, or fields do not fit together.
 */
export async function plan(
  { config, data = null, backend = "tensorflow" }: Plan,
  { folder = runsFolder }: { folder?: string } = {},
): Promise<PlannedRun> {
  checkWholeConfig(config);
  const place = await settledData(data);
  const fields = Object.entries(config).toSorted(([a], [b]) => a < b ? -1 : 1);
  const name = (await digest(JSON.stringify([fields, place, backend]))).slice(0, 12);
  const path = `${folder}/pretrain-${config.preset}-${nameIn(place)}-s${config.seed}-${name}`;
  return displayedRun({ config, data: place, backend, path });
}
