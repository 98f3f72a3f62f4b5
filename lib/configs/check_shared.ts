import type { Config } from "./config.ts";
import { kebab } from "./flag_names.ts";

/**
 * Refuses what each of the shared fields allows but not all together.
 *
 * @throws {RangeError} If fields do not fit together, naming their flags.
 */
export function checkShared(config: Config): void {
  const { width, heads, mlpRatio, jitterStrength: [, , , hue] } = config;
  if (width % heads) {
    throw new RangeError(
      `--width ${width} cannot be split into --heads ${heads}; give a divisor of it`,
    );
  }
  if (!Number.isInteger(width * mlpRatio)) {
    throw new RangeError(`--mlp-ratio ${mlpRatio} of --width ${width} is no whole number`);
  }
  checkSizes(config);
  if (hue > 0.5) {
    throw new RangeError(`--jitter-strength shifts the hue by at most 0.5, not ${hue}`);
  }
}

function checkSizes(config: Config): void {
  const { patchSize } = config;
  for (const name of ["imageSize", "globalSize", "localSize", "evalSize"] as const) {
    if ((config[name] ?? 0) % patchSize === 0) continue;
    throw new RangeError(
      `--${kebab(name)} ${config[name]} is not a multiple of --patch-size ${patchSize}`,
    );
  }
  for (const name of ["globalScale", "localScale"] as const) {
    const [from, to] = config[name];
    if (from <= to) continue;
    throw new RangeError(`--${kebab(name)} ${from},${to} begins above its end`);
  }
}
