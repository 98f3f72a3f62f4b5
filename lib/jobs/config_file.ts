import { escapeControls } from "../images/mod.ts";
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
  return configFileOf(parsed(await textOf(path)), path);
}

/**
 * The configuration in what a file holds, or in an object that came from one.
 *
 * @param value What `JSON.parse` made of a run's `config.json`, or fields of a configuration.
 * @param path What messages call it.
 * @throws {Error} If it holds no configuration: why, and what to do.
 */
export function configFileOf(value: unknown, path: string): ConfigFile {
  const stored = record(value);
  if (!stored) return refuse(path, "it is no JSON object");
  const fields = record(stored.resolved) ?? record(stored.config) ?? stored;
  // A field of an object may be left open, which leaves it to the preset.
  const config: Record<string, unknown> = Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  );
  if (Array.isArray(stored.runs)) {
    return refuse(path, "it is of several runs", "the config.json of one");
  }
  if (record(config.config)) return refuse(path, "it is of a classifier", "that of a pre-training");
  if (Object.keys(config).length === 0) return refuse(path, "it sets no field");
  try {
    const recipe = recipeOf(String(config.method ?? defaultMethod));
    const fields: Record<string, Field> = recipe.fields;
    const free = Object.entries(config).filter(([name]) => fields[name]?.kind !== "fixed");
    checkFields(recipe, Object.fromEntries(free));
  } catch (cause) {
    // A field stands between quotes in the file, where no flag takes its place.
    const message = (cause as Error).message.replace(/`(\w+)`/g, '"$1"');
    throw new TypeError(`Cannot use the configuration in ${escapeControls(path)}: ${message}`, {
      cause,
    });
  }
  return { path, config };
}

async function textOf(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    const { isDirectory } = await Deno.stat(path).catch(() => ({ isDirectory: false }));
    if (isDirectory) refuse(path, "it is a folder", "the config.json in it");
    const missing = error instanceof Deno.errors.NotFound;
    return refuse(path, missing ? "there is no such file" : (error as Error).message);
  }
}

/** Says what is wrong with a file, and which one to name instead. */
function refuse(path: string, finding: string, advice = "a run's config.json"): never {
  const name = escapeControls(path);
  throw new Error(`Cannot read the configuration in ${name}: ${finding}; name ${advice}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Record<string, unknown>
    : null;
}
