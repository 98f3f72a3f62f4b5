import type { DinoConfig } from "./config.ts";

/**
 * Refuses what each field of DINO allows but not all together.
 *
 * @throws {RangeError} If fields do not fit together, naming them between backquotes, as in code.
 */
export function checkDino({ headLayers, batchNormInHead }: DinoConfig): void {
  if (headLayers === 1 && batchNormInHead) {
    throw new RangeError("`batchNormInHead` has no place in a head of `headLayers` 1");
  }
}
