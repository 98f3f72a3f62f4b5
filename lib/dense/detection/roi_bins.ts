const { fround } = Math;

/** How a side of a region is cut into bins and sampled. */
export type RoiBinOptions = {
  bins: number;
  /** Places of the map. */
  length: number;
  /** Places of the map for a pixel of the image. */
  scale?: number;
  /** Samples of a bin; by default as many as it is long in places, rounded up. */
  samples?: number;
  /**
   * Whether the middle of the first place lies half a place within the map, as in all newer work;
   * otherwise at its edge, and a region is at least one place long.
   */
  aligned?: boolean;
};

/** Weights of the places of a map from the first that counts on. */
export type BinWeights = { first: number; weights: number[] };

/**
 * What the bins of one side of a region take from the places along it: the mean over their samples,
 * each between two places. Taken along both sides this is RoIAlign (He et al. 2017, section 3),
 * whose bilinear samples lie on a grid.
 */
export function roiBins(
  [start, end]: readonly [start: number, end: number],
  { bins, length, scale = 1, samples, aligned = true }: RoiBinOptions,
): BinWeights[] {
  const shift = aligned ? 0.5 : 0;
  const first = fround(fround(start * scale) - shift);
  const side = fround(fround(fround(end * scale) - shift) - first);
  const size = fround((aligned ? side : Math.max(side, 1)) / bins);
  const count = samples ?? Math.ceil(size);
  return Array.from({ length: bins }, (_, bin) => {
    const weights = new Map<number, number>();
    const add = (place: number, weight: number) =>
      weights.set(place, (weights.get(place) ?? 0) + weight / count);
    for (let i = 0; i < count; i++) {
      const at = fround(first + fround(bin * size) + fround(fround((i + 0.5) * size) / count));
      if (at < -1 || at > length) continue;
      const low = Math.min(Math.floor(Math.max(at, 0)), length - 1);
      const rest = low === length - 1 ? 0 : Math.max(at, 0) - low;
      add(low, 1 - rest);
      if (rest) add(low + 1, rest);
    }
    const [from = 0] = weights.keys();
    const last = Math.max(from, ...weights.keys());
    return {
      first: from,
      weights: Array.from(
        { length: weights.size && last - from + 1 },
        (_, i) => weights.get(from + i) ?? 0,
      ),
    };
  });
}
