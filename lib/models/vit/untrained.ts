import type { Precision } from "../../compile/mod.ts";
import { Random } from "../../random/mod.ts";
import type { VitSizes } from "./config.ts";
import { type VitEncoder, vitEncoder } from "./encoder.ts";
import { initVit } from "./init.ts";

/**
 * The encoder that pre-training of this seed begins with.
 *
 * @throws {RangeError} If the sizes do not fit together.
 */
export function untrained(
  config: VitSizes & { seed: number },
  { name = "random initialization", precision }: { name?: string; precision?: Precision } = {},
): VitEncoder {
  const random = new Random(`${config.seed}/state`).fork("student").fork("backbone");
  return vitEncoder(initVit(config, random), {
    name,
    trained: false,
    heads: config.heads,
    precision,
  });
}
