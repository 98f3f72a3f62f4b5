import { precisionOf } from "../pretraining/mod.ts";
import { beginRun, type Identity, keyOf, readConfig, resume } from "../runs/mod.ts";

/** What trains under a protocol: sizes, and a recipe whose precision may be left to the device. */
type Setup = { config: { precision: Parameters<typeof precisionOf>[0]["precision"] } };

/** A training in a folder of its own that was checked and can begin. */
export type FolderTraining<S extends Setup> = {
  setup: S;
  path: string;
  /** Whether the run in the folder is continued. */
  resume: boolean;
  data: { name: string; fingerprint: string; train: { length: number } };
  weights: { fingerprint: string };
};

/**
 * Writes the record of a new run, or takes up an old one.
 *
 * @param identity What decides the run's numbers beside its recipe, data and weights: where it is
 * computed, and how it is scored.
 * @returns The setup of the run, whose precision is decided.
 */
export async function beginOrResume<S extends Setup>(
  { setup, path, data, weights, resume: resumes }: FolderTraining<S>,
  { backend, protocol }: Pick<Identity, "backend" | "protocol">,
): Promise<S> {
  if (resumes) {
    await resume({ path });
    return (await readConfig({ path }))!.resolved as unknown as S;
  }
  const { config } = setup;
  const resolved = { ...setup, config: { ...config, precision: precisionOf(config) } };
  const identity: Identity = {
    config: { ...config },
    minutes: null,
    data: data.fingerprint,
    backend,
    checkpoint: weights.fingerprint,
    protocol,
  };
  await beginRun({ path, key: await keyOf(identity) }, {
    ...identity,
    resolved,
    dataName: data.name,
    images: data.train.length,
  });
  return resolved;
}
