import { defaultObserver, type JobOptions, silent } from "../jobs/mod.ts";
import type { StudyRow } from "../report/mod.ts";
import { Interrupted, lock } from "../runs/mod.ts";
import { Diverged } from "../training/mod.ts";
import { prepareStudy, type StudyJob, type StudyRequest } from "./prepare_study.ts";
import { addRow, rowsIn } from "./rows.ts";
import { runCell } from "./run_cell.ts";
import { scoredData } from "./score_cell.ts";

/** How a study is done. */
export type StudyOptions = JobOptions & {
  /** After so many hours it stops, in the middle of a training that is continued next time. */
  hours?: number;
};

/** What a study has measured. */
export type StudyResult = {
  /** The rows of the requested cells that are done, now or before. */
  rows: StudyRow[];
  /** Cells that remain to be done. */
  left: number;
  /** The campaign's folder. */
  folder: string;
};

/**
 * Does the cells of a study that are not done, one after the other in the order of the design, each
 * in a run's folder of its own. A training that was stopped is continued; a cell that is done is
 * not repeated.
 *
 * @throws {Interrupted} If it was stopped while it trained.
 */
export async function runStudy(
  job: StudyJob,
  { observer = silent, signal, hours, ...computing }: StudyOptions = {},
): Promise<StudyResult> {
  const { out, cells, data } = job;
  using _ = await lock({ path: out });
  const deadline = hours === undefined ? null : AbortSignal.timeout(hours * 3_600_000);
  const ends = AbortSignal.any(
    [signal, deadline].filter((end) => end !== null && end !== undefined),
  );
  const remaining = pending(job, await rowsIn(out));
  observer.tell(`${cells.length - remaining.length} of ${cells.length} cells are done`);
  const scored = scoredData(data, cells[0]!.config.imageSize);
  for (const [i, cell] of remaining.entries()) {
    if (ends.aborted) break;
    observer.tell(`${cells.length - remaining.length + i + 1} of ${cells.length}: ${cell.name}`);
    try {
      const options = { observer, signal: ends, ...computing };
      await addRow(out, await runCell(cell, { job, scored }, options));
    } catch (error) {
      if (error instanceof Interrupted && !signal?.aborted) break; // the hours are over
      if (!(error instanceof Diverged)) throw error;
      observer.tell(`${cell.name} is left out: ${error.message}`);
    }
  }
  const rows = await rowsIn(out);
  const keys = new Set(cells.map(({ key }) => key));
  return {
    rows: rows.filter(({ key }) => keys.has(key)),
    left: pending(job, rows).length,
    folder: out,
  };
}

/** The cells of which there is no row. */
export function pending({ cells }: StudyJob, rows: readonly StudyRow[]): StudyJob["cells"] {
  const done = new Set(rows.map(({ key }) => key));
  return cells.filter(({ key }) => !done.has(key));
}

/**
 * Trains and scores the cells of a study, as `deno task study` does: those that are done already
 * are not repeated.
 *
 * @example One cell of the design
 * ```ts
 * import { study } from "mugs";
 *
 * const { rows } = await study({ only: "LGDS, seed 3" });
 * ```
 *
 * @throws {Interrupted} If the signal stopped it; what was learned until then is saved.
 * @throws {Error} If it cannot be done: why, and what to do.
 */
export async function study(
  request: StudyRequest = {},
  { observer = defaultObserver(), ...options }: StudyOptions = {},
): Promise<StudyResult> {
  return await runStudy(await prepareStudy(request), { observer, ...options });
}
