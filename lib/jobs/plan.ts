import type { Config } from "../configs/mod.ts";
import { digest, runs } from "../runs/mod.ts";

/** What a child process is to pre-train. */
export type Plan = {
  config: Config;
  /** The folder of images; without one the granules. */
  data?: string | null;
  backend?: "tensorflow" | "wasm" | "cpu";
};

/** A planned run: its folder, and what it is to do there. */
export type Planned = Required<Plan> & { path: string };

/**
 * Plans a run. Its folder's name follows from the plan, so that an equal plan finds the run again: while it goes on, when
 * it was stopped, and when it has come to its end.
 *
 * @param folder Where the run's folder lies; by default where all runs lie.
 */
export async function plan(
  { config, data = null, backend = "tensorflow" }: Plan,
  { folder = runs }: { folder?: string } = {},
): Promise<Planned> {
  const place = data === null ? null : await Deno.realPath(data).catch(() => data);
  const fields = Object.entries(config).toSorted(([a], [b]) => a < b ? -1 : 1);
  const name = (await digest(JSON.stringify([fields, place, backend]))).slice(0, 12);
  const what = place === null ? "granules" : place.split(/[\\/]/).findLast(Boolean);
  const path = `${folder}/pretrain-${config.preset}-${what}-s${config.seed}-${name}`;
  return { config, data: place, backend, path };
}
