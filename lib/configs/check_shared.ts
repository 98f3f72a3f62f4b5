import type { Config } from "./config.ts";

/**
 * Refuses what each of the shared fields allows but not all together.
 *
 * @throws {RangeError} If fields do not fit together, naming them between backquotes, as in code.
 */
export function checkShared(config: Config): void {
  const { width, heads, mlpRatio, jitterStrength: [, , , hue] } = config;
  if (width % heads) {
    throw new RangeError(
      `\`width\` ${width} cannot be split into \`heads\` ${heads}; give a divisor of it`,
    );
  }
  if (!Number.isInteger(width * mlpRatio)) {
    throw new RangeError(`\`mlpRatio\` ${mlpRatio} of \`width\` ${width} is no whole number`);
  }
  checkSizes(config);
  if (hue > 0.5) {
    throw new RangeError(`\`jitterStrength\` shifts the hue by at most 0.5, not ${hue}`);
  }
}

function checkSizes(config: Config): void {
  const { patchSize } = config;
  for (const name of ["imageSize", "globalSize", "localSize", "evalSize"] as const) {
    if ((config[name] ?? 0) % patchSize === 0) continue;
    throw new RangeError(
      `\`${name}\` ${config[name]} is not a multiple of \`patchSize\` ${patchSize}`,
    );
  }
  for (const name of ["globalScale", "localScale"] as const) {
    const [from, to] = config[name];
    if (from <= to) continue;
    throw new RangeError(`\`${name}\` ${from},${to} begins above its end`);
  }
}
