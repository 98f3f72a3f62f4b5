import {
  camel,
  checkConfig,
  fields,
  kebab,
  type MugsConfig,
  presets,
  recipes,
  rules,
  scaled,
} from "../configs/mod.ts";
import type { Flags } from "./flags.ts";

export { camel, checkConfig, kebab };

/** Every field of the configuration as a flag, in kebab-case; `preset` chooses the values from which one begins. */
export const configFlags: Flags = Object.fromEntries(
  Object.entries(fields).map(([name, field]) => {
    if (name === "method") {
      return [name, { kind: "choice", choices: Object.keys(recipes), about: field.about }];
    }
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
): Promise<MugsConfig> {
  return (await resolve(given, preset)).config;
}

/** A configuration, and for every field in words where its value comes from: the preset, a flag, a rule or a checkpoint. */
export type Resolved = { config: MugsConfig; origins: Record<string, string> };

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
  const config: MugsConfig = { ...base, ...followed, ...asked };
  checkConfig(config);
  return { config: Object.freeze(config), origins };
}

/** Where each of the {@linkcode overrides} comes from. */
export function originsOf(
  asked: Partial<MugsConfig>,
  given: Record<string, unknown>,
): Record<string, string> {
  const origin = (flag: string) =>
    Object.hasOwn(given, flag) ? `flag --${flag}` : "rule: of the architecture";
  return Object.fromEntries(Object.keys(asked).map((name) => [name, origin(kebab(name))]));
}

/** The fields that a command line names, and those that `--arch` implies. */
export async function overrides(given: Record<string, unknown>): Promise<Partial<MugsConfig>> {
  const own = Object.entries(given).flatMap(([flag, value]) => {
    const name = camel(flag);
    return Object.hasOwn(fields, name) && name !== "preset" ? [[name, value]] : [];
  });
  const asked: Partial<MugsConfig> = Object.fromEntries(own);
  if (asked.arch === undefined) {
    const sized = ["width", "depth", "heads", "mlpRatio"].some((name) => name in asked);
    return sized ? { ...asked, arch: "custom" } : asked;
  }
  const { architectures } = await import("../models/mod.ts");
  return { ...architectures[asked.arch as keyof typeof architectures], ...asked };
}
