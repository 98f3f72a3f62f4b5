import type { Backend } from "../compile/mod.ts";
import type { MugsConfig } from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { checkLength, configure, type LoadingSettings, openData } from "../jobs/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { digest, keyOf, runsFolder } from "../runs/mod.ts";
import { type Cell, cellName } from "./cell.ts";
import { type Design, granularityDesign } from "./granularity.ts";
import { readLevels, withLevels } from "./levels.ts";

/** Which cells of a study are done, on what, and where. */
export type StudyRequest = LoadingSettings & {
  /** By default what each supervision adds. */
  design?: Design;
  /** The campaign's folder; by default one where all runs lie, named after the data. */
  out?: string;
  /** The folder of images, or an opened data set; without one the granules. */
  data?: string | Dataset;
  /** A file that divides the classes of the images into coarser ones. */
  levels?: string;
  /** Epochs of the main budget, of which all others are multiples. */
  epochs?: number;
  /** The name of a cell, or of a part of the design: nothing else is done. */
  only?: string;
  /** Fields of the configuration of all cells, in place of the design's. */
  overrides?: Partial<MugsConfig>;
  backend?: Backend;
};

/** A cell with all that decides its scores. */
export type PlannedCell = {
  cell: Cell;
  name: string;
  /** Equal for cells that give equal scores. */
  key: string;
  config: MugsConfig;
  /** The folder of its run. */
  path: string;
};

/** A study that was checked and can be done. */
export type StudyJob = {
  cells: PlannedCell[];
  data: Dataset;
  out: string;
  backend: Backend | null;
  loading: LoadingSettings;
};

/** Raised when the same training would be scored in another way. */
const scoringVersion = 1;

/**
 * Checks a study before anything is downloaded or written.
 *
 * @throws {Error} If it cannot be done: why, and what to do.
 */
export async function prepareStudy(
  { design = granularityDesign, only, ...request }: StudyRequest = {},
): Promise<StudyJob> {
  const { backend = null, workers, cache } = request;
  const cells = chosen(design.cells, only).map((cell) => {
    return { cell, name: cellName(cell), config: configOf(cell, design, request) };
  });
  const { imageSize, exif } = cells[0]!.config;
  const images = await openData(request.data, { scored: true, imageSize, exif });
  const data = request.levels === undefined
    ? images
    : withLevels(images, await readLevels(request.levels));
  for (const { config } of cells) checkImages(data, config);
  const out = request.out ?? `${runsFolder}/study-granularity-${data.name}`;
  const planned = cells.map(async (cell) => {
    const key = await keyIn(data, cell);
    const words = cell.name.toLowerCase().replaceAll(/[^a-z0-9.]+/g, "-");
    return { ...cell, key, path: `${out}/runs/${words}-${key}` };
  });
  return { cells: await Promise.all(planned), data, out, backend, loading: { workers, cache } };
}

/** Refuses images that are fewer than a step takes, in words that do not advise another step. */
function checkImages(data: Dataset, config: MugsConfig): void {
  const { train: { length }, name } = data;
  if (length >= config.batchSize) return checkLength(data, config);
  throw new RangeError(
    `Cannot study ${escapeControls(name)}: it holds ${length} images to learn from, and a step ` +
      `takes ${config.batchSize}`,
  );
}

/** The configuration of a cell. */
function configOf(
  cell: Cell,
  { preset, epochs: usual, ...design }: Design,
  { epochs = usual, overrides = {} }: Pick<StudyRequest, "epochs" | "overrides">,
): MugsConfig {
  const fields: Partial<MugsConfig> = {
    ...{ ...design.overrides, ...overrides, ...cell.overrides },
    ...{ epochs: epochs * cell.budget, seed: cell.seed },
    ...cell.kind === "trained" && { lossWeights: [...cell.lossWeights] },
  };
  return configure({ method: "mugs", preset, overrides: fields }).config as MugsConfig;
}

/** The cells of a name, or of a part, or all. */
function chosen(cells: readonly Cell[], only: string | undefined): readonly Cell[] {
  if (only === undefined) return cells;
  const plain = (text: string) => text.toLowerCase().replaceAll(/\s+/g, " ").trim();
  const some = cells.filter((cell) =>
    [cellName(cell), cell.part].some((n) => plain(n) === plain(only))
  );
  if (some.length > 0) return some;
  const parts = [...new Set(cells.map(({ part }) => part))].join(", ");
  throw new RangeError(
    `There is no cell "${
      escapeControls(only)
    }" in the design: \`list\` shows all; its parts are ${parts}`,
  );
}

/** What tells a cell with its data from all others. */
async function keyIn(
  data: Dataset,
  { cell, config }: Pick<PlannedCell, "cell" | "config">,
): Promise<string> {
  const labels = await digest(JSON.stringify(data.classes));
  return await keyOf({
    ...{ config, minutes: null, data: data.fingerprint, backend: "any", checkpoint: null },
    protocol: {
      scoringVersion,
      labels,
      kind: cell.kind,
      ...cell.kind === "plain" && { plain: cellName(cell) },
    },
  });
}
