import { type Backend, backends } from "../compile/mod.ts";
import { allowances, type Config, recipeOf } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { architectures, type BackboneOptions } from "../models/mod.ts";
import { type ConfigRequest, configure, withArchitecture } from "./configure.ts";
import { checkElsewhere, checkFolder } from "./destination.ts";
import { evalView } from "./eval_view.ts";
import type { ComputeRequest } from "./inputs.ts";
import type { LoadingSettings } from "./loading.ts";
import type { Observer } from "./observer.ts";
import type { SeedWork } from "./one_seed.ts";
import { checkLength, openData } from "./open_data.ts";
import { defaultSaving, type Saving } from "./saving.ts";
import { checkSeeds, planSeeds, type SeedPlan } from "./seed_plan.ts";
import { openWeights, type Weights } from "./weights.ts";

/** What is trained, scored and set beside the paper's table. */
export type TableRequest =
  & ConfigRequest
  & ComputeRequest
  & LoadingSettings
  & Pick<BackboneOptions, "key" | "partial">
  & {
    /** The folder of images, or an opened data set; without one the granules. */
    data?: string | Dataset;
    /** The folder of the run, or of the runs; by default one that is named after what they are. */
    out?: string;
    /** Weights that are scored instead of training. */
    checkpoint?: string;
    /**
     * The minutes for which to train; `null` where the configuration says how long, by default what
     * the backend needs.
     */
    minutes?: number | null;
    /** How many consecutive seeds there are. */
    seeds?: number;
    k?: number;
    temperature?: number;
    /** What alone is scored; by default k-NN and linear probes, which take longer. */
    only?: "knn";
    /** Whether pixels and colors are scored, too; by default they are. */
    baselines?: boolean;
    maxBad?: number;
    saving?: Saving;
    /** Whether runs that are there are replaced. */
    fresh?: boolean;
  };

/** A table that was checked and can be made. */
export type TableJob = SeedWork & SeedPlan & {
  fresh: boolean;
  /** The same on another backend, where none was requested and TensorFlow cannot be used. */
  on: ((backend: Backend) => Promise<TableJob>) | null;
};

/**
 * Checks what a table takes before anything is downloaded or written.
 *
 * @throws {Error} If it cannot be made: why, and what to do.
 */
export async function prepareTable(
  request: TableRequest,
  observer?: Observer,
): Promise<TableJob> {
  const {
    k = 20,
    temperature = 0.07,
    maxBad = 0.01,
    saving = defaultSaving,
    workers,
    cache,
    skipBad = false,
    fresh = false,
    only,
    baselines = true,
    seeds: count = 1,
  } = request;
  const { config, weights, name } = await subjectOf(request);
  const { imageSize, exif } = config;
  const data = await openData(request.data, { scored: true, imageSize, exif }, observer);
  if (!weights) checkLength(data, config);
  const out = request.out ?? null;
  if (out !== null) await checkFolder(out);
  // A configuration from a file says how long it is.
  const otherwise = (minutes: number) => request.file ? null : minutes;
  const on = async (backend: Backend): Promise<TableJob> => {
    const { scored, minutes } = allowances[backend];
    const work = {
      ...{
        name,
        config,
        data,
        weights,
        backend,
        maxBad,
        skipBad,
        saving,
        loading: { workers, cache },
      },
      minutes: weights
        ? null
        : request.minutes === undefined
        ? otherwise(minutes)
        : request.minutes,
      protocol: {
        ...{ k, temperature },
        ...scored && { images: scored },
        ...only && { only },
        ...!baselines && { baselines },
      },
    };
    return { ...work, ...await planSeeds(work, { count, out }), fresh, on: null };
  };
  const possible = await Promise.all((request.backend ? [request.backend] : backends).map(on));
  if (weights && fresh) {
    const folders = possible.flatMap(({ seeds }) => seeds.map(({ run }) => run.path));
    for (const folder of folders) await checkElsewhere(weights.path, folder);
  }
  if (out !== null && !fresh) await Promise.any(possible.map(checkSeeds)).catch(firstError);
  const [first] = possible;
  return { ...first!, on: request.backend ? null : on };
}

/** All backends fail for reasons alike; the first one is said. */
function firstError({ errors }: AggregateError): never {
  throw errors[0];
}

/** What is scored: the configuration to train by, or weights and what they say of one. */
type Subject = Pick<TableJob, "config" | "weights" | "name">;

async function subjectOf(
  { method, preset, file, overrides = {}, checkpoint, key, partial }: TableRequest,
): Promise<Subject> {
  if (checkpoint === undefined) {
    const { config } = configure({ method, preset, file, overrides });
    return { config, weights: null, name: recipeOf(config.method).title };
  }
  // Sizes are those of the weights: they need not fit to those of the preset.
  const others = Object.entries(overrides).filter(([name]) => !sizeFields.includes(name));
  const { config } = configure({ method, preset, file, overrides: Object.fromEntries(others) });
  const { changes } = withArchitecture(overrides);
  const { heads, seed } = overrides;
  const requested = { ...preset !== undefined && config, ...changes };
  const weights = await openWeights(checkpoint, { key, partial, heads }, requested);
  const stored = { ...config, ...publishedAs(weights), ...seed !== undefined && { seed } };
  const known = method ?? weights.config.method;
  const name = known === undefined ? "checkpoint" : recipeOf(known).title;
  return { config: evalView(overrides, stored), weights, name };
}

const sizeFields = ["arch", "width", "depth", "heads", "mlpRatio", "patchSize", "resnet"];

/**
 * What weights say of themselves; where that is the shapes alone, they are scored as the published
 * ones are.
 */
function publishedAs({ config }: Weights): Partial<Config> {
  const architecture = Object.entries(architectures).find(([, { width, depth, heads }]) =>
    width === config.width && depth === config.depth && heads === config.heads
  );
  return {
    preset: "given",
    arch: architecture?.[0] ?? "custom",
    evalCrop: "center",
    evalSize: null,
    ...config,
  };
}
