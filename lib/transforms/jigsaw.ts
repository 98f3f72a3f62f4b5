import type { Image } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";

/** Options of {@linkcode jigsaw}. */
export type JigsawOptions = {
  /** Cells in each direction. */
  grid: number;
  /** Side of the patch that is cut out of a cell, in pixels. */
  patch: number;
};

/**
 * Cuts an image into cells and, out of each, a square patch at a random place; row by row.
 *
 * Source: InfoMin, `JigsawCrop` in PyContrast's datasets/util.py.
 *
 * @throws {RangeError} If a cell is smaller than a patch.
 */
export function jigsaw(
  image: Image,
  { grid, patch }: JigsawOptions,
  draws: Pick<Random, "integer">,
): Image[] {
  const [height, width] = [Math.floor(image.height / grid), Math.floor(image.width / grid)];
  if (Math.min(height, width) < patch) {
    throw new RangeError(
      `Cannot cut patches of ${patch} px out of cells of ${width} x ${height} px`,
    );
  }
  return Array.from({ length: grid * grid }, (_, cell) => {
    const top = Math.floor(cell / grid) * height + draws.integer(height - patch + 1);
    const left = (cell % grid) * width + draws.integer(width - patch + 1);
    return cutOut(image, { top, left, side: patch });
  });
}

function cutOut(
  { width, data }: Image,
  { top, left, side }: { top: number; left: number; side: number },
): Image {
  const part = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    const start = 3 * ((top + y) * width + left);
    part.set(data.subarray(start, start + 3 * side), 3 * side * y);
  }
  return { width: side, height: side, data: part };
}
