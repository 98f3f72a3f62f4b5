import { checkFields, type Config, defaultMethod, type Field, recipeOf } from "../configs/mod.ts";

/** The configuration that a file holds. */
export type ConfigFile = { path: string; config: Partial<Config> };

/**
 * Reads a configuration: what a run's `config.json` says was run, or the fields of a configuration
 * by themselves.
 *
 * @throws {Error} If the file cannot be read or holds no configuration: why, and what to do.
 */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  const advice = "name a run's config.json";
  const text = await Deno.readTextFile(path).catch((error) => {
    const missing = error instanceof Deno.errors.NotFound;
    const reason = missing ? "there is no such file" : (error as Error).message;
    throw new Error(`Cannot read the configuration in ${path}: ${reason}; ${advice}`);
  });
  const stored = parsed(text);
  if (!stored) throw new Error(`Cannot read the configuration in ${path}: no JSON; ${advice}`);
  const config = record(stored.resolved) ?? record(stored.config) ?? stored;
  try {
    const recipe = recipeOf(String(config.method ?? defaultMethod));
    const fields: Record<string, Field> = recipe.fields;
    const free = Object.entries(config).filter(([name]) => fields[name]?.kind !== "fixed");
    checkFields(recipe, Object.fromEntries(free));
  } catch (cause) {
    const { message } = cause as Error;
    throw new TypeError(`Cannot use the configuration in ${path}: ${message}`, { cause });
  }
  return { path, config };
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    return record(JSON.parse(text));
  } catch {
    return null;
  }
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Record<string, unknown>
    : null;
}
