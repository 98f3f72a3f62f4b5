import type { MugsConfig } from "./config.ts";

/**
 * Refuses what each field of Mugs allows but not all together.
 *
 * @throws {RangeError} If fields do not fit together, naming them between backquotes, as in code.
 */
export function checkMugs(config: MugsConfig): void {
  const { neighbors, memory, batchSize, lossWeights } = config;
  if (neighbors > memory) {
    throw new RangeError(`\`neighbors\` ${neighbors} cannot be found among \`memory\` ${memory}`);
  }
  const rows = { instanceQueue: 2 * batchSize, localGroupQueue: 2 * batchSize, memory: batchSize };
  for (const [name, count] of Object.entries(rows)) {
    const slots = config[name as keyof typeof rows];
    if (slots >= count) continue;
    throw new RangeError(
      `\`${name}\` ${slots} has no room for the ${count} rows of a step`,
    );
  }
  if (lossWeights.every((weight) => weight === 0)) {
    throw new RangeError("`lossWeights` are all 0: there is nothing to learn from");
  }
}
