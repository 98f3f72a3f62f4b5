import type { SwavConfig } from "./config.ts";

/**
 * Refuses what each field of SwAV allows but not all together.
 *
 * @throws {RangeError} If fields do not fit together, naming them between backquotes, as in code.
 */
export function checkSwav({ queue, batchSize }: SwavConfig): void {
  if (queue === 0 || queue >= batchSize) return;
  throw new RangeError(
    `\`queue\` ${queue} holds no batch: give 0, or at least \`batchSize\` ${batchSize}`,
  );
}
