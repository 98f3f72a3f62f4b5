import { allowances } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import type { Encoder } from "../models/mod.ts";
import { type MethodScores, scoreAll } from "../protocols/mod.ts";
import type { Observer } from "./observer.ts";
import type { Experiment } from "./seed_plan.ts";

/** How networks are scored for a table. */
export type ScoringWork = Pick<Experiment, "config" | "protocol" | "backend"> & {
  observer: Observer;
};

/** k-NN and linear probe of encoders, or without any of the baselines that need none. */
export async function scoreNetworks(
  data: Dataset,
  encoders: readonly Encoder[],
  { config, protocol, backend, observer }: ScoringWork,
): Promise<MethodScores[]> {
  const names = encoders.map(({ name }) => name);
  observer.tell(`scoring ${names.join(" and ") || "baselines"}`);
  const { k, temperature, only } = protocol;
  const { largestProbe } = allowances[backend];
  const settings = { k, temperature, seed: config.seed, largestProbe, protocol: only };
  return await scoreAll(data, encoders, {
    ...{ ...config, ...settings, baselines: encoders.length === 0 },
    onProgress: (count) => observer.count?.(count),
  });
}
