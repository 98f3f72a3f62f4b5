/** How a score behaves over the frames of a video. */
export type OverTime = {
  mean: number;
  /** The share of frames whose score is above 0.5. */
  recall: number;
  /** The mean of the first quarter of the frames minus that of the last one. */
  decay: number;
};

/**
 * Mean, recall and decay of a score over frames (Perazzi et al., 2016; `db_statistics` of
 * davis2017-evaluation, whose quarters share the frames at their borders).
 *
 * @throws {RangeError} If there are no frames.
 */
export function overTime(scores: number[]): OverTime {
  const { length } = scores;
  if (!length) throw new RangeError("Cannot summarize the scores of a video of no frames");
  const border = (quarter: number) => Math.round(1 + (length - 1) * quarter / 4 + 1e-10) - 1;
  const between = (from: number, to: number) => mean(scores.slice(border(from), border(to) + 1));
  return {
    mean: mean(scores),
    recall: scores.filter((score) => score > 0.5).length / length,
    decay: between(0, 1) - between(3, 4),
  };
}

/** The mean of some numbers. */
export function mean(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
