/** Some of the student's views: the place of the first one, and how many there are in all. */
export type ViewRange = { first: number; of: number };

/**
 * How much the pair of teacher view i and student view j weighs in a loss,
 * `[teacher views][student views]`. A view is not compared with the view of its own place; the
 * large student views (the first two) together weigh one half, the small ones the other. The
 * weights add up to 1, or to 0.5 where there is no small view.
 *
 * @param views Student views for which weights are wanted.
 * @param some Which these are; by default all.
 */
export function pairWeights(
  views: number,
  { first, of }: ViewRange = { first: 0, of: views },
): number[][] {
  const large = 0.5 / 2, small = 0.5 / (2 * (of - 2));
  return [0, 1].map((i) =>
    Array.from({ length: views }, (_, k) => k + first)
      .map((j) => i === j ? 0 : j < 2 ? large : small)
  );
}
