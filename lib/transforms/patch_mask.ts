import type { Random } from "../random/mod.ts";

/** The draws of a mask, such as those of {@linkcode Random}. */
export type MaskDraws = Pick<Random, "uniform" | "integer" | "permutation">;

/** How many patches are masked, and in which shape. */
export type MaskPlan = {
  /** Shares of the patches, and how far each may vary; one of them is drawn for each view. */
  ratios: readonly { ratio: number; variance: number }[];
  /** Rectangles, which may overlap, or patches one by one. */
  shape: "block" | "random";
};

/** The mask of a view, row by row: 1 where a patch is masked. */
export type PatchMask = { rows: number; columns: number; data: Uint8Array<ArrayBuffer> };

/**
 * Draws the mask of a view of `rows` by `columns` patches.
 *
 * Source: iBOT, `ImageFolderMask` in loader.py; its blocks are those of BEiT.
 */
export function patchMask(
  [rows, columns]: readonly [rows: number, columns: number],
  plan: MaskPlan,
  draws: MaskDraws,
): PatchMask {
  const limit = drawRatio(plan, draws) * rows * columns; // may be a fraction
  if (plan.shape === "block") return maskBlocks([rows, columns], limit, draws);
  const order = draws.permutation(rows * columns);
  const masked = rows * columns - Math.floor(limit);
  return { rows, columns, data: Uint8Array.from(order, (place) => place >= masked ? 1 : 0) };
}

/** Each ratio varies by a draw of its own, then one of them is chosen. */
function drawRatio({ ratios }: MaskPlan, draws: MaskDraws): number {
  const values = ratios.map(({ ratio, variance }) =>
    variance > 0 ? draws.uniform(ratio - variance, ratio + variance) : ratio
  );
  const choice = values.length === 1 ? 0 : draws.integer(values.length);
  return values[choice]!;
}

/** Masks block after block, until `limit` patches are masked or ten blocks in a row do not fit. */
function maskBlocks(
  [rows, columns]: readonly [number, number],
  limit: number,
  draws: MaskDraws,
): PatchMask {
  const mask = { rows, columns, data: new Uint8Array(rows * columns) };
  let masked = 0, failures = 0;
  while (masked < limit && failures < 10) {
    const block = drawBlock(mask, limit - masked, draws);
    const added = block ? maskBlock(mask, block, limit - masked) : 0;
    masked += added;
    failures = added > 0 ? 0 : failures + 1;
  }
  return mask;
}

type Block = { top: number; left: number; height: number; width: number };

const logAspect = Math.log(1 / 0.3);

/** A block somewhere in the grid, or `null` if it is not smaller than the grid both ways. */
function drawBlock({ rows, columns }: PatchMask, rest: number, draws: MaskDraws): Block | null {
  const area = draws.uniform(Math.floor(Math.min(rows, columns) / 3) ** 2, rest);
  const aspect = Math.exp(draws.uniform(-logAspect, logAspect));
  const height = Math.round(Math.sqrt(area * aspect));
  const width = Math.round(Math.sqrt(area / aspect));
  if (height >= rows || width >= columns) return null;
  const top = draws.integer(rows - height + 1);
  const left = draws.integer(columns - width + 1);
  return { top, left, height, width };
}

/** Masks a block if that adds at least one patch and at most `rest`; says how many it adds. */
function maskBlock(
  { columns, data }: PatchMask,
  { top, left, height, width }: Block,
  rest: number,
): number {
  const rows = Array.from({ length: height }, (_, y) => (top + y) * columns + left);
  const covered = rows.reduce(
    (sum, start) => data.subarray(start, start + width).reduce((sum, x) => sum + x, sum),
    0,
  );
  const added = height * width - covered;
  if (added === 0 || added > rest) return 0;
  for (const start of rows) data.fill(1, start, start + width);
  return added;
}
