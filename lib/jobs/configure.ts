import { checkConfig, type Config, defaultMethod, type Recipe, recipeOf } from "../configs/mod.ts";
import { architectures, resnets } from "../models/mod.ts";

/** Where the value of a field comes from. */
export type Origin =
  | { kind: "preset" | "rule"; name: string }
  | { kind: "override" | "checkpoint" };

/** A configuration, and for every field where its value comes from. */
export type ResolvedConfig = { config: Readonly<Config>; origins: Record<string, Origin> };

/**
 * A configuration by what distinguishes it: the method, by default the first one; its preset, by
 * default its first one; and the fields that differ from it.
 */
export type ConfigRequest = {
  method?: string | undefined;
  preset?: string | undefined;
  overrides?: Partial<Config>;
};

/**
 * A configuration: the preset's, with other fields in place of its own.
 *
 * @throws {RangeError} If there is no such method or preset, or fields do not fit together, naming
 * them.
 */
export function configure(
  { method, preset, overrides = {} }: ConfigRequest = {},
): ResolvedConfig {
  const recipe = recipeOf(method ?? defaultMethod);
  const base = presetOf(recipe, preset);
  const { changes, implied } = withArchitecture(overrides);
  const followed = followingBatch(recipe, base, changes);
  const config = withBackbone({ ...base, ...followed.values, ...changes });
  checkConfig(config);
  const named = Object.entries({ method, preset }).filter(([, value]) => value !== undefined);
  const origins = {
    ...originOfAll(config, { kind: "preset", name: base.preset }),
    ...originOfAll(Object.fromEntries(named), { kind: "override" }),
    ...followed.origins,
    ...overrideOrigins(changes, implied),
  };
  return { config: Object.freeze(config), origins };
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

/** The origins of overrides: their own, but for those that the architecture implies. */
export function overrideOrigins(
  overrides: Partial<Config>,
  implied: ReadonlySet<string>,
): Record<string, Origin> {
  return Object.fromEntries(
    Object.keys(overrides).map((name): [string, Origin] => [
      name,
      implied.has(name) ? { kind: "rule", name: "of the architecture" } : { kind: "override" },
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
