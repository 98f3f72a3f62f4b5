/** A process among those that share the images of an epoch; by default the only one. */
export type ProcessShare = { replicas?: number; rank?: number };

/** How often images are repeated in an epoch. */
export type Repeats = {
  /** How often every image is shown in a row, each time augmented anew. */
  times: number;
  /** An epoch has a multiple of so many images: none, where there are fewer than that. */
  round: number;
};

/**
 * What one of several processes takes of an epoch: every so many rows, padded from the beginning to
 * equal numbers.
 *
 * Source: PyTorch's `DistributedSampler`.
 */
export function sharedRows(
  rows: ArrayLike<number>,
  { replicas = 1, rank = 0 }: ProcessShare = {},
): number[] {
  const length = Math.ceil(rows.length / replicas);
  return Array.from({ length }, (_, i) => rows[(rank + i * replicas) % rows.length]!);
}

/**
 * The rows of an epoch with repeated augmentation: those of a permutation, each several times in a
 * row, and of these as many as the images without repeats, rounded down.
 *
 * Source: the `RASampler` of DeiT, which Mugs' transfer uses with 3 times and rounds of 256 images:
 * a smaller set has empty epochs there.
 */
export function repeatedRows(
  permutation: ArrayLike<number>,
  { times, round, replicas = 1, rank = 0 }: Repeats & ProcessShare,
): number[] {
  const length = repeatedLength(permutation.length, { round, replicas });
  const repeated = Array.from(
    { length: permutation.length * times },
    (_, i) => permutation[Math.floor(i / times)]!,
  );
  return sharedRows(repeated, { replicas, rank }).slice(0, length);
}

/** Images of an epoch with repeats, of each process. */
export function repeatedLength(
  count: number,
  { round, replicas = 1 }: Pick<Repeats, "round"> & ProcessShare,
): number {
  return Math.floor(Math.floor(count / round) * round / replicas);
}
