import type { Config } from "./config.ts";
import { kebab } from "./flag_names.ts";
import { fieldsOf } from "./recipes.ts";

/**
 * A configuration as flags of the command line, every field of it: `--batch-size=64`, `--exif` or
 * `--no-exif`. Of epochs and steps it is the one that counts.
 */
export function toFlags(config: Config): string[] {
  const idle = config.steps === null ? "steps" : "epochs";
  const names = Object.keys(fieldsOf(config.method)).filter((name) => name !== idle);
  return names.flatMap((name) => {
    const value = config[name as keyof Config];
    const flag = kebab(name);
    if (value === undefined) return [];
    if (typeof value === "boolean") return [value ? `--${flag}` : `--no-${flag}`];
    return [`--${flag}=${value === null ? "none" : value}`];
  });
}
