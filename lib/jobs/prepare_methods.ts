import {
  type Config,
  type MethodName,
  onlyOne,
  type Recipe,
  recipeOf,
  recipes,
} from "../configs/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { readConfig } from "../runs/mod.ts";
import { configure } from "./configure.ts";
import { checkFolder } from "./destination.ts";
import type { Observer } from "./observer.ts";
import { openData } from "./open_data.ts";
import { prepareTable, type TableJob, type TableRequest } from "./prepare_table.ts";
import { checkEmpty } from "./resumable.ts";

/** A kind of backbone. */
export type BackboneName = "vit" | "resnet";

/** The small preset of each kind of backbone, in which only the method's own values differ. */
export const smallPresets: Readonly<Record<BackboneName, string>> = Object.freeze({
  vit: "tiny",
  resnet: "tiny_resnet",
});

/** The epochs of every method, and its seeds, unless others are requested. */
export const comparisonLength: Readonly<{ epochs: number; seeds: number }> = Object.freeze({
  epochs: 4,
  seeds: 3,
});

/** Which methods are compared, on which backbones, and how, as in a table of one method. */
export type MethodsRequest =
  & Omit<
    TableRequest,
    "method" | "preset" | "file" | "checkpoint" | "key" | "partial" | "baselines"
  >
  & {
    /** Their names; or all that have a small preset for the backbone. */
    methods: readonly string[] | "all";
    /** By default a vision transformer alone. */
    backbones?: readonly BackboneName[];
  };

/** A comparison of methods that was checked and can be made. */
export type MethodsJob = {
  /** A table of each method on each backbone. */
  tables: TableJob[];
  data: Dataset;
  /** Where they lie; `null` for where all runs lie. */
  out: string | null;
  fresh: boolean;
};

/**
 * Checks a comparison of methods before anything is downloaded or written. All learn from the same
 * images, for as many epochs or minutes, with the same seeds; and what was looked for in the small
 * preset of one method alone is taken back.
 *
 * @throws {Error} If it cannot be made: why, and what to do.
 */
export async function prepareMethods(
  { methods, backbones = ["vit"], data: images, ...request }: MethodsRequest,
  observer?: Observer,
): Promise<MethodsJob> {
  const { out = null, seeds = comparisonLength.seeds, fresh = false, minutes } = request;
  const { epochs = comparisonLength.epochs, steps, ...others } = request.overrides ?? {};
  if (steps !== undefined) {
    throw new TypeError(
      "`steps` and `methods` do not fit together, since batches differ: give `epochs`",
    );
  }
  onlyOne({ minutes, epochs: request.overrides?.epochs });
  const overrides = { ...others, ...typeof minutes !== "number" && { epochs } };
  const subjects = backbones.flatMap((backbone) => {
    const preset = smallPresets[backbone];
    return methodsWith(preset, methods).map((method) => {
      checkOverrides(method, overrides);
      return { method, preset, overrides: { ...recipeOf(method).compared, ...overrides } };
    });
  });
  const [first] = subjects.map((subject) => configure(subject).config);
  const { imageSize, exif } = first!;
  const data = await openData(images, { scored: true, imageSize, exif }, observer);
  if (out !== null) await checkPlace(out, { fresh });
  const tables: TableJob[] = [];
  for (const subject of subjects) {
    const { method, preset } = subject;
    tables.push(
      await prepareTable({
        ...{ ...request, ...subject, data, seeds, baselines: false },
        ...typeof minutes !== "number" && { minutes: null },
        ...out !== null && { out: `${out}/${method}-${preset}` },
      }),
    );
  }
  return { tables, data, out, fresh };
}

/** Refuses fields that a method does not have. */
function checkOverrides(method: string, overrides: Partial<Config>): void {
  const { fields, title } = recipeOf(method);
  const foreign = Object.keys(overrides).find((name) => !Object.hasOwn(fields, name));
  if (foreign === undefined) return;
  throw new TypeError(`Cannot compare with \`${foreign}\`: ${title} has no such option`);
}

/** Refuses a folder that holds anything but a comparison of methods, which is then continued. */
async function checkPlace(out: string, { fresh }: { fresh: boolean }): Promise<void> {
  await checkFolder(out);
  const record = await readConfig({ path: out });
  if (fresh || record?.config && Object.hasOwn(record.config, "methods")) return;
  await checkEmpty(out, "another run: `fresh` begins anew, another `out` keeps it");
}

/**
 * The requested methods, each once, in the order of the registry.
 *
 * @throws {RangeError} If one does not exist, or has no such preset.
 */
function methodsWith(preset: string, requested: readonly string[] | "all"): string[] {
  const has = ({ presets }: Recipe) => Object.hasOwn(presets, preset);
  const able = Object.keys(recipes).filter((name) => has(recipes[name as MethodName]));
  if (requested === "all") return able;
  for (const name of requested) {
    if (has(recipeOf(name))) continue;
    throw new RangeError(
      `Cannot compare ${name} on this backbone: it has no preset ${preset}; ${able.join(", ")} do`,
    );
  }
  return able.filter((name) => requested.includes(name));
}
