import type { Config } from "../configs/mod.ts";
import { methodOf } from "../methods/mod.ts";
import type { StepLayout } from "../pretraining/mod.ts";

/**
 * How the work of a step is laid out, as requested; what is left open follows from the network and
 * the device.
 *
 * @throws {RangeError} If the batch cannot be cut like that.
 */
export function layoutOf(
  { accumulate, chunk, recompute, exchangePrecision }: StepLayout,
  config: Config,
): StepLayout {
  const { batchSize } = config;
  if (accumulate && batchSize % accumulate) {
    throw new RangeError(
      `\`batchSize\` ${batchSize} cannot be cut into \`accumulate\` ${accumulate} equal parts`,
    );
  }
  const { whole } = methodOf(config);
  const reason = (accumulate ?? 1) > 1 || chunk ? whole?.(config) : null;
  if (reason) {
    const plain: Config = { ...config, ...{ batchNormInHead: false } };
    throw new RangeError(
      `Cannot cut a batch and ${reason}, which takes all of it: give neither \`accumulate\` nor ` +
        `\`chunk\`${whole!(plain) === null ? ", or turn `batchNormInHead` off" : ""}`,
    );
  }
  return {
    ...accumulate !== undefined && { accumulate },
    ...chunk !== undefined && { chunk },
    ...recompute !== undefined && { recompute },
    ...exchangePrecision !== undefined && { exchangePrecision },
  };
}
