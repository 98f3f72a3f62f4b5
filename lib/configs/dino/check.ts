import type { DinoConfig } from "./config.ts";

/**
 * Refuses what each field of DINO allows but not all together.
 *
 * @throws {RangeError} If fields do not fit together, naming their flags.
 */
export function check({ headLayers, batchNormInHead }: DinoConfig): void {
  if (headLayers === 1 && batchNormInHead) {
    throw new RangeError("--batch-norm-in-head has no place in a head of --head-layers 1");
  }
}
