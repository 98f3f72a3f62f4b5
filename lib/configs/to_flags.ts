import type { Config } from "./config.ts";
import { fields } from "./fields.ts";

/**
 * A configuration as flags of the command line, every field of it: `--batch-size=64`, `--exif` or `--no-exif`. Of epochs and
 * steps it is the one that counts.
 */
export function toFlags(config: Config): string[] {
  const idle = config.steps === null ? "steps" : "epochs";
  return Object.keys(fields).filter((name) => name !== idle).flatMap((name) => {
    const value = config[name as keyof Config];
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (value === undefined) return [];
    if (typeof value === "boolean") return [value ? `--${flag}` : `--no-${flag}`];
    return [`--${flag}=${value === null ? "none" : value}`];
  });
}
