import { type Config, fields, presets, rules, scaled } from "../configs/mod.ts";
import type { Flags } from "./flags.ts";

/** Every field of the configuration as a flag, in kebab-case; `preset` chooses the values from which one begins. */
export const configFlags: Flags = Object.fromEntries(
  Object.entries(fields).map(([name, field]) => {
    if (name !== "preset") return [kebab(name), field];
    return [name, { kind: "choice", choices: Object.keys(presets), about: field.about }];
  }),
);

/**
 * The configuration that a command line describes: the preset's, with the given fields in place of its own.
 *
 * @throws {RangeError} If fields do not fit together, naming them.
 */
export async function configure(
  given: Record<string, unknown>,
  preset = "tiny",
): Promise<Config> {
  return (await resolve(given, preset)).config;
}

/** A configuration, and for every field in words where its value comes from: the preset, a flag, a rule or a checkpoint. */
export type Resolved = { config: Config; origins: Record<string, string> };

/** As {@linkcode configure}, with the origin of every value. */
export async function resolve(
  given: Record<string, unknown>,
  preset = "tiny",
): Promise<Resolved> {
  const base = presets[(given.preset as string | undefined) ?? preset];
  const asked = await overrides(given);
  const origins: Record<string, string> = {};
  for (const name of Object.keys(base)) origins[name] = `preset ${base.preset}`;
  if (given.preset !== undefined) origins.preset = "flag --preset";
  Object.assign(origins, originsOf(asked, given));
  const followed: Partial<Record<string, number>> = {};
  const batch = asked.batchSize;
  if (batch !== undefined && batch !== base.batchSize && scaled.includes(base.preset)) {
    for (const [name, rule] of Object.entries(rules)) {
      if (Object.hasOwn(asked, name)) continue;
      followed[name] = rule.value(base, batch);
      origins[name] = `rule: ${rule.about}`;
    }
  }
  const config: Config = { ...base, ...followed, ...asked };
  checkConfig(config);
  return { config: Object.freeze(config), origins };
}

/** Where each of the {@linkcode overrides} comes from. */
export function originsOf(
  asked: Partial<Config>,
  given: Record<string, unknown>,
): Record<string, string> {
  const origin = (flag: string) =>
    Object.hasOwn(given, flag) ? `flag --${flag}` : "rule: of the architecture";
  return Object.fromEntries(Object.keys(asked).map((name) => [name, origin(kebab(name))]));
}

/** The fields that a command line names, and those that `--arch` implies. */
export async function overrides(given: Record<string, unknown>): Promise<Partial<Config>> {
  const own = Object.entries(given).flatMap(([flag, value]) => {
    const name = camel(flag);
    return Object.hasOwn(fields, name) && name !== "preset" ? [[name, value]] : [];
  });
  const asked: Partial<Config> = Object.fromEntries(own);
  if (asked.arch === undefined) {
    const sized = ["width", "depth", "heads", "mlpRatio"].some((name) => name in asked);
    return sized ? { ...asked, arch: "custom" } : asked;
  }
  const { architectures } = await import("../models/mod.ts");
  return { ...architectures[asked.arch as keyof typeof architectures], ...asked };
}

/**
 * Refuses what each field allows but not all together.
 *
 * @throws {RangeError} If fields do not fit together, naming them.
 */
export function checkConfig(config: Config): void {
  const { width, heads, patchSize, jitterStrength, batchSize } = config;
  const refuse = (what: string) => {
    throw new RangeError(what);
  };
  if (width % heads) {
    refuse(`--width ${width} cannot be split into --heads ${heads}; give a divisor of it`);
  }
  if (!Number.isInteger(width * config.mlpRatio)) {
    refuse(`--mlp-ratio ${config.mlpRatio} of --width ${width} is no whole number`);
  }
  for (const name of ["imageSize", "globalSize", "localSize", "evalSize"] as const) {
    if ((config[name] ?? 0) % patchSize === 0) continue;
    refuse(`--${kebab(name)} ${config[name]} is not a multiple of --patch-size ${patchSize}`);
  }
  for (const name of ["globalScale", "localScale"] as const) {
    const [from, to] = config[name];
    if (from > to) refuse(`--${kebab(name)} ${from},${to} begins above its end`);
  }
  if (jitterStrength[3] > 0.5) {
    refuse(`--jitter-strength shifts the hue by at most 0.5, not ${jitterStrength[3]}`);
  }
  if (config.neighbors > config.memory) {
    refuse(`--neighbors ${config.neighbors} cannot be found among --memory ${config.memory}`);
  }
  for (
    const [name, rows] of [
      ["instanceQueue", 2 * batchSize],
      ["localGroupQueue", 2 * batchSize],
      ["memory", batchSize],
    ] as const
  ) {
    if (config[name] >= rows) continue;
    refuse(`--${kebab(name)} ${config[name]} has no room for the ${rows} rows of a step`);
  }
  if (config.lossWeights.every((weight) => weight === 0)) {
    refuse("--loss-weights are all 0: there is nothing to learn from");
  }
}

/** `batchSize` as `batch-size`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `batch-size` as `batchSize`. */
export function camel(flag: string): string {
  return flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
