import type { Backend } from "../compile/mod.ts";
import { type BackboneOptions, describeBackbone } from "../models/mod.ts";
import type { ProtocolRow } from "../report/mod.ts";
import { randomName } from "./protocol_rows.ts";
import { defaultSaving, type Saving } from "./saving.ts";
import type { Weights } from "./weights.ts";

/** What trainings of dense tasks have in common: weights, a recipe, and a run's folder. */
export type DenseRequest<Config> = BackboneOptions & {
  preset?: string | undefined;
  /** Fields of the recipe that differ from the preset. */
  overrides?: Partial<Config>;
  /** The weights to begin with. */
  checkpoint: string;
  /** Whether a network of these sizes begins at random instead, as a baseline. */
  fromScratch?: boolean;
  /** The run's folder; by default a new one where all runs lie. */
  out?: string | undefined;
  saving?: Partial<Saving>;
  /**
   * Whether the insides of blocks are computed anew for the gradient; by default of wide networks.
   */
  recompute?: boolean;
  /** Epochs between evaluations; by default the end alone is scored. */
  evalEvery?: number;
  /** Whether a run that is there is replaced. */
  fresh?: boolean;
  /** Whether the run in `out` is continued; what is repeated of its recipe must be the same. */
  resume?: boolean;
  backend?: Backend;
};

/** How a dense task is trained, whatever it is. */
export type DenseCourse = {
  fromScratch: boolean;
  saving: Saving;
  recompute: boolean | undefined;
  /** `null` for the end alone. */
  evalEvery: number | null;
  resume: boolean;
  /** `null` for the best that this machine has. */
  backend: Backend | null;
};

/** The training of a dense task that was checked and can begin. */
export type DenseJob<Setup, Data> = DenseCourse & {
  setup: Setup;
  weights: Weights;
  data: Data;
  path: string;
};

/** How a request trains, with what it leaves open. */
export function courseOf(
  { fromScratch = false, saving, recompute, evalEvery, resume = false, backend }: DenseRequest<
    unknown
  >,
): DenseCourse {
  return {
    ...{ fromScratch, recompute, resume },
    saving: { ...defaultSaving, ...saving },
    evalEvery: evalEvery ?? null,
    backend: backend ?? null,
  };
}

/** The rows of a dense task's table, one for each column with its value in percent. */
export function denseRows(
  { setup: { config }, weights, fromScratch, data }: DenseJob<
    { config: { preset: string; seed: number } },
    { name: string }
  >,
  columns: Readonly<Record<string, number>>,
): ProtocolRow[] {
  const { arch = "custom", ...sizes } = weights.config;
  const row = {
    method: fromScratch ? randomName : "checkpoint",
    arch: describeBackbone({ ...sizes, arch }).arch,
    epochs: null,
    setting: config.preset,
    data: data.name,
    seed: config.seed,
  };
  return Object.entries(columns).map(([column, value]) => ({ ...row, column, value }));
}
