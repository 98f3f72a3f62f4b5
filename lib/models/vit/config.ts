/** The sizes of a vision transformer. */
export type VitSizes = {
  /** Side in pixels of the images that the position embeddings are made for. */
  imageSize: number;
  /** Side of a patch in pixels. */
  patchSize: number;
  /** Length of a token. */
  width: number;
  /** Number of blocks. */
  depth: number;
  /** Number of attention heads. */
  heads: number;
  /** Hidden width of the perceptrons as a multiple of the width. */
  mlpRatio: number;
  /** Number of blocks that relate an image to its neighbors in the memory. */
  relationBlocks: number;
  /** Number of register tokens, if it has some (Darcet et al. 2024). */
  registers?: number;
};

/** Sizes of a vision transformer that is trained here, without registers, and how it is trained. */
export type VitConfig = Omit<VitSizes, "registers"> & {
  /** Stochastic depth: the rate of the last block. */
  dropPath: number;
};

/** The published sizes (Mugs, appendix; the reference's `vision_transformer.py`). */
export const architectures = {
  vit_tiny: { width: 192, depth: 12, heads: 3, mlpRatio: 4 },
  vit_small: { width: 384, depth: 12, heads: 6, mlpRatio: 4 },
  vit_base: { width: 768, depth: 12, heads: 12, mlpRatio: 4 },
  vit_large: { width: 1024, depth: 24, heads: 16, mlpRatio: 4 },
} as const satisfies Record<string, Pick<VitSizes, "width" | "depth" | "heads" | "mlpRatio">>;

/** A name in {@linkcode architectures}. */
export type Architecture = keyof typeof architectures;

/**
 * Checks that the sizes fit together.
 *
 * @throws {RangeError} If they do not; it says which and why.
 */
export function checkVit(config: VitSizes & Partial<VitConfig>): void {
  const { imageSize, patchSize, width, heads, dropPath = 0 } = config;
  for (const name of ["imageSize", "patchSize", "width", "depth", "heads"] as const) {
    if (Number.isInteger(config[name]) && config[name] > 0) continue;
    throw new RangeError(`Cannot make a model with ${name} ${config[name]}: it must be 1 or more`);
  }
  if (!Number.isInteger(config.relationBlocks) || config.relationBlocks < 0) {
    throw new RangeError(`Cannot make a model with ${config.relationBlocks} relation blocks`);
  }
  if (imageSize % patchSize) {
    throw new RangeError(
      `Cannot cut images of ${imageSize} px into patches of ${patchSize} px: ` +
        `the remainder is ${imageSize % patchSize}`,
    );
  }
  if (width % heads) {
    throw new RangeError(
      `Cannot split width ${width} into ${heads} heads: the remainder is ${width % heads}`,
    );
  }
  if (!Number.isInteger(width * config.mlpRatio) || config.mlpRatio <= 0) {
    throw new RangeError(
      `Cannot make a perceptron of ${config.mlpRatio} times the width ${width}`,
    );
  }
  if (!(dropPath >= 0 && dropPath < 1)) {
    throw new RangeError(`Cannot drop paths at rate ${dropPath}: it must be from 0 up to below 1`);
  }
}
