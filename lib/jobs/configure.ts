import {
  checkConfig,
  checkFields,
  type Config,
  defaultMethod,
  onlyOne,
  type Recipe,
  recipeOf,
} from "../configs/mod.ts";
import { architectures, resnets } from "../models/mod.ts";
import type { ConfigFile } from "./config_file.ts";

/** Where the value of a field comes from. */
export type Origin =
  | { kind: "preset" | "rule" | "file"; name: string }
  | { kind: "override" | "checkpoint" };

/** A configuration, and for every field where its value comes from. */
export type ResolvedConfig = { config: Readonly<Config>; origins: Record<string, Origin> };

/**
 * A configuration by what distinguishes it: the method, by default the first one; its preset, by
 * default its first one, or in its stead what a file holds; and the fields that differ from it.
 */
export type ConfigRequest = {
  method?: string | undefined;
  preset?: string | undefined;
  file?: ConfigFile | null;
  overrides?: Partial<Config>;
};

/**
 * A configuration: the preset's or a file's, with other fields in place of its own.
 *
 * @throws {TypeError} If there is no such field, or file and preset contradict each other.
 * @throws {RangeError} If there is no such method or preset, a field does not take its value, or
 * fields do not fit together, naming them.
 */
export function configure(
  { method, preset, file, overrides = {} }: ConfigRequest = {},
): ResolvedConfig {
  if (file) checkFile(file, { method, preset });
  const recipe = recipeOf(method ?? file?.config.method ?? defaultMethod);
  checkFields(recipe, overrides);
  const start = file
    ? { ...presetOf(recipe, namedPreset(recipe, file)), ...file.config }
    : presetOf(recipe, preset);
  const { changes, implied } = withImplied(overrides, start);
  const followed = followingBatch(recipe, start, changes);
  const config = withBackbone({ ...start, ...followed.values, ...changes });
  checkConfig(config);
  const named = Object.entries({ method, preset }).filter(([, value]) => value !== undefined);
  const origins = {
    ...originOfAll(config, { kind: "preset", name: start.preset }),
    ...originOfAll(file?.config ?? {}, { kind: "file", name: file?.path ?? "" }),
    ...originOfAll(Object.fromEntries(named), { kind: "override" }),
    ...followed.origins,
    ...overrideOrigins(changes, implied),
  };
  return { config: Object.freeze(config), origins };
}

/** Refuses a preset or another method beside a file. */
function checkFile(
  { path, config }: ConfigFile,
  { method, preset }: Pick<ConfigRequest, "method" | "preset">,
): void {
  onlyOne({ config: path, preset });
  const stored = config.method ?? defaultMethod;
  if (method === undefined || method === stored) return;
  throw new TypeError(
    `Cannot use ${path} with \`method\` ${method}: it is of ${stored}; leave the method out`,
  );
}

/** The preset to which a file adds; where it names none of the method, the first one. */
function namedPreset({ presets }: Recipe, { config: { preset } }: ConfigFile): string | undefined {
  return preset !== undefined && Object.hasOwn(presets, preset) ? preset : undefined;
}

function presetOf({ presets, title }: Recipe, name = Object.keys(presets)[0]): Readonly<Config> {
  const preset = name === undefined ? undefined : presets[name];
  if (preset) return preset;
  const names = Object.keys(presets).join(", ");
  throw new RangeError(`There is no preset "${name}" of ${title}: choose ${names}`);
}

/** One origin for all fields of a record. */
export function originOfAll(record: object, origin: Origin): Record<string, Origin> {
  return Object.fromEntries(Object.keys(record).map((name) => [name, origin]));
}

/** The origins of overrides: their own, but for those that others imply. */
export function overrideOrigins(
  overrides: Partial<Config>,
  implied: ReadonlySet<string>,
): Record<string, Origin> {
  return Object.fromEntries(
    Object.keys(overrides).map((name): [string, Origin] => [
      name,
      implied.has(name)
        ? { kind: "rule", name: name === "steps" ? "of the epochs" : "of the architecture" }
        : { kind: "override" },
    ]),
  );
}

/**
 * Overrides with what the architecture implies: its sizes where one is named, and the architecture
 * `custom` where only sizes are.
 */
export function withArchitecture(
  overrides: Partial<Config>,
): { changes: Partial<Config>; implied: Set<string> } {
  const sizes = (["width", "depth", "heads", "mlpRatio"] as const).some((name) =>
    name in overrides
  );
  const added = overrides.arch === undefined
    ? sizes ? { arch: "custom" } : {}
    : lookUp(architectures, overrides.arch) ?? {};
  const implied = Object.keys(added).filter((name) => !Object.hasOwn(overrides, name));
  return { changes: { ...added, ...overrides }, implied: new Set(implied) };
}

/**
 * Overrides with what they imply: sizes of an architecture, and that epochs stand in for the steps
 * of what is overridden.
 */
export function withImplied(
  overrides: Partial<Config>,
  { steps }: Pick<Config, "steps">,
): { changes: Partial<Config>; implied: Set<string> } {
  const { changes, implied } = withArchitecture(overrides);
  const { epochs, steps: other } = overrides;
  if (steps === null || epochs === undefined || other !== undefined) return { changes, implied };
  return { changes: { ...changes, steps: null }, implied: implied.add("steps") };
}

/**
 * A configuration with the sizes of its residual network where it has one, and without them
 * elsewhere.
 */
function withBackbone({ resnet: _, ...config }: Config): Config {
  const resnet = lookUp(resnets, config.arch);
  return resnet ? { ...config, resnet } : config;
}

function lookUp<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** The values that follow from another batch than the preset's. */
function followingBatch(
  { rules, scaled }: Recipe,
  base: Readonly<Config>,
  changes: Partial<Config>,
): { values: Partial<Config>; origins: Record<string, Origin> } {
  const { batchSize = base.batchSize } = changes;
  if (batchSize === base.batchSize || !scaled.includes(base.preset)) {
    return { values: {}, origins: {} };
  }
  const followed = Object.entries(rules).filter(([name]) => !Object.hasOwn(changes, name));
  return {
    values: Object.fromEntries(
      followed.map(([name, rule]) => [name, rule.value(base, batchSize)]),
    ),
    origins: Object.fromEntries(
      followed.map(([name, { about }]) => [name, { kind: "rule", name: about }]),
    ),
  };
}
