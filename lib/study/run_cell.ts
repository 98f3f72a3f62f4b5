import { cpus } from "node:os";
import { type JobOptions, prepareTraining, runTraining, startBackend } from "../jobs/mod.ts";
import type { MugsConfig } from "../configs/mod.ts";
import { loadVit, untrained, type VitEncoder } from "../models/mod.ts";
import type { StudyRow, StudyScore } from "../report/mod.ts";
import { holdsRun, readLines } from "../runs/mod.ts";
import { methodName } from "./cell.ts";
import type { PlannedCell, StudyJob } from "./prepare_study.ts";
import { type Scored, scoreDescription, scoreEncoder } from "./score_cell.ts";

/** What training took; nothing where there was none. */
type Costs = Pick<StudyRow, "epochs" | "steps" | "images" | "seconds">;

const free: Costs = { epochs: 0, steps: 0, images: 0, seconds: 0 };

/** What a cell is done with beside its plan. */
export type CellWork = { job: StudyJob; scored: Scored };

/**
 * Trains and scores what a cell says. A training that was stopped is continued.
 *
 * @throws {Interrupted} If it was stopped while it trained.
 */
export async function runCell(
  { cell, name, key, config, path }: PlannedCell,
  { job, scored }: CellWork,
  options: JobOptions,
): Promise<StudyRow> {
  const backend = await startBackend(job.backend, options);
  const costs = cell.kind === "trained" ? await train({ config, path }, job, options) : free;
  const start = performance.now();
  options.observer?.tell(`scoring ${name}`);
  const scores = cell.kind === "plain"
    ? await scoreDescription(scored, cell.description, config)
    : await scoreNetwork(config, scored, cell.kind === "trained" ? { name, path } : null);
  const { part, seed, budget, overrides } = cell;
  return {
    ...{ cell: name, part, method: methodName(cell) },
    lossWeights: cell.kind === "trained" ? cell.lossWeights : null,
    ...{ seed, budget, overrides: { ...overrides }, key, data: job.data.name, ...costs },
    scoringSeconds: +((performance.now() - start) / 1000).toFixed(1),
    ...{ machine: machineName(), backend, date: new Date().toISOString(), scores },
  };
}

/** Trains into the cell's folder, from where the training was stopped. */
async function train(
  { config, path }: Pick<PlannedCell, "config" | "path">,
  { data, loading, backend }: StudyJob,
  options: JobOptions,
): Promise<Costs> {
  const request = { config, data, out: path, loading, ...backend && { backend } };
  const resume = await holdsRun({ path }) ? {} : null; // its folder is named after all that it is
  const job = await prepareTraining({ ...request, resume }, options.observer);
  const { minutes } = await runTraining(job, options);
  const { step: steps = 0 } = (await readLines({ path })).at(-1) ?? {};
  const { epochs, batchSize } = config;
  return { epochs, steps, images: steps * batchSize, seconds: +(60 * minutes).toFixed(1) };
}

/** Scores the network of a run, or without one the network before training. */
async function scoreNetwork(
  config: MugsConfig,
  scored: Scored,
  run: { name: string; path: string } | null,
): Promise<StudyScore[]> {
  using encoder = run
    ? loadVit(`${run.path}/checkpoint.safetensors`, { name: run.name })
    : untrained(config) as VitEncoder;
  return await scoreEncoder(scored, encoder, config);
}

/** The processor, and how many cores of it there are. */
function machineName(): string {
  const [first] = cpus();
  const name = first?.model.replaceAll(/\s+/g, " ").trim() || "an unknown processor";
  const count = navigator.hardwareConcurrency;
  return `${name}, ${count} ${count === 1 ? "core" : "cores"}`;
}
