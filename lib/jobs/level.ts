import type { Dataset } from "../datasets/mod.ts";

/**
 * The level of the labels that counts: the requested one, else that by which the field scores the
 * data, else the second coarsest.
 *
 * @throws {RangeError} If the data has no such level.
 */
export function levelOf({ classes, usual }: Dataset, requested?: string): string {
  const levels = Object.keys(classes);
  const level = requested ?? usual?.level ?? levels[1] ?? levels[0] ?? "";
  if (levels.includes(level)) return level;
  throw new RangeError(`\`level\` takes one of ${levels.join(", ")}, not "${level}"`);
}
