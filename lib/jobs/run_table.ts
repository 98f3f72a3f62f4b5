import type { Config } from "../configs/mod.ts";
import type { ImageCounts } from "../datasets/mod.ts";
import type { Row } from "../report/mod.ts";
import { finishRun, forget, holdsRun, lock, readResult, type Run } from "../runs/mod.ts";
import { execution } from "../pretraining/mod.ts";
import type { LeftOut } from "./leave_out.ts";
import { type JobOptions, type Observer, silent } from "./observer.ts";
import { oneSeed } from "./one_seed.ts";
import type { TableJob } from "./prepare_table.ts";
import { beginJoint, checkSeeds, type SeedRun } from "./seed_plan.ts";
import { startBackend } from "./start_backend.ts";
import { documents, type SeedResult, tableText } from "./table_result.ts";

/** What a table has measured. */
export type TableResult = {
  measured: Row[];
  leftOut: LeftOut;
  scoredOn: ImageCounts | null;
  /** Where its documents lie. */
  folder: string;
  /** The runs of its seeds. */
  seeds: Pick<SeedRun, "seed" | "run">[];
  /** The paper's table with the measured rows beneath it. */
  text: string;
};

/**
 * Trains and scores every seed. A finished run is used again, an unfinished one is continued.
 *
 * @throws {Interrupted} If it was stopped while it trained.
 */
export async function runTable(
  job: TableJob,
  { observer = silent, signal, ...computing }: JobOptions = {},
): Promise<TableResult> {
  const settled = await settleBackend(job, { observer, ...computing });
  const { config, minutes, seeds, joint, fresh } = settled;
  if (fresh) await Promise.all(seeds.map(({ run }) => forgetIdle(run)));
  if (joint) await beginJoint(joint, seeds, withLength(config, minutes));
  const results: SeedResult[] = [];
  for (const seed of seeds) {
    const work = { ...settled, config: { ...config, seed: seed.seed } };
    results.push(await oneSeed(work, seed, { observer, signal, ...computing }));
  }
  const [first] = results;
  const { leftOut, scoredOn = null } = first!;
  const remarks = { ...first!, checkpoint: settled.weights?.path };
  const measured = results.flatMap((result) => result.rows);
  if (joint) {
    await finishRun(
      joint,
      { rows: measured, leftOut, scoredOn },
      await documents(measured, remarks),
    );
  }
  const folder = (joint ?? seeds[0]!.run).path;
  const runs = seeds.map(({ seed, run }) => ({ seed, run }));
  return { measured, leftOut, scoredOn, folder, seeds: runs, text: tableText(measured, remarks) };
}

/** A configuration with the one of its lengths that counts; that of the runs is in their folders. */
function withLength({ epochs, steps, ...config }: Config, minutes: number | null): object {
  return { ...config, ...minutes !== null ? { minutes } : steps !== null ? { steps } : { epochs } };
}

/**
 * The job on the backend that this machine has, unless one was requested or all runs are finished.
 */
export async function settleBackend(
  job: TableJob,
  { observer, ...computing }: JobOptions & { observer: Observer },
): Promise<TableJob> {
  const { config, seeds, on, fresh } = job;
  if (!on) return job;
  const results = fresh ? [null] : await Promise.all(seeds.map(({ run }) => readResult(run)));
  if (results.every((result) => result !== null)) return job;
  const { minutes, protocol: { images } } = await on("wasm");
  const shorter = minutes === job.minutes ? "" : `${minutes} minutes of training, `;
  const backend = await startBackend(null, {
    ...execution(config).runtime,
    instead: `${shorter}scored on at most ${images?.train} + ${images?.test} images`,
    observer,
    ...computing,
  });
  if (backend === job.backend) return job;
  const other = await on(backend);
  if (!fresh) await checkSeeds(other);
  return other;
}

/** Forgets what a run has left, unless a process works on it. */
async function forgetIdle(run: Run): Promise<void> {
  if (!await holdsRun(run)) return;
  using _ = await lock(run);
  await forget(run);
}
