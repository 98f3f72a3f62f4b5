import type { MocoV3Config } from "./config.ts";

/**
 * Refuses what each field of MoCo-v3 allows but not all together.
 *
 * @throws {RangeError} If fields do not fit together, naming their flags.
 */
export function checkMocoV3({ width, resnet }: MocoV3Config): void {
  if (!resnet && width % 4) {
    throw new RangeError(`--width ${width} cannot be split into the 4 parts of sine positions`);
  }
}
