import type { IbotConfig } from "./config.ts";

/**
 * Refuses what each field of iBOT allows but not all together.
 *
 * @throws {RangeError} If fields do not fit together, naming their flags.
 */
export function checkIbot(config: IbotConfig): void {
  const { resnet, sharedHead, prototypes, patchPrototypes, maskRatios, maskVariances } = config;
  if (resnet) throw new RangeError("--arch must name a vision transformer: iBOT masks patches");
  if (sharedHead && prototypes !== patchPrototypes) {
    throw new RangeError(
      `--shared-head needs as many --patch-prototypes as --prototypes ${prototypes}, not ` +
        `${patchPrototypes}`,
    );
  }
  for (const [i, ratio] of maskRatios.entries()) {
    const variance = maskVariances[i]!;
    if (ratio >= variance && ratio + variance <= 1) continue;
    throw new RangeError(
      `--mask-ratios ${ratio} with --mask-variances ${variance} leaves the range from 0 to 1`,
    );
  }
}
