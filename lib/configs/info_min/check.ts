import type { InfoMinConfig } from "./config.ts";

/**
 * Refuses what each field of InfoMin allows but not all together.
 *
 * @throws {RangeError} If fields do not fit together, naming them between backquotes, as in code.
 */
export function checkInfoMin(config: InfoMinConfig): void {
  const { jigsawCrop, jigsawPatch, patchSize, resnet } = config;
  const cell = Math.floor(jigsawCrop / 3);
  if (jigsawPatch > cell) {
    throw new RangeError(
      `\`jigsawPatch\` ${jigsawPatch} is larger than a ninth of \`jigsawCrop\` ${jigsawCrop}, ` +
        `whose side is ${cell}`,
    );
  }
  if (!resnet && jigsawPatch % patchSize) {
    throw new RangeError(
      `\`jigsawPatch\` ${jigsawPatch} is not a multiple of \`patchSize\` ${patchSize}`,
    );
  }
}
