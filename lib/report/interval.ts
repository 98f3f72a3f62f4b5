/** A mean with the half width of its 95 % interval; `null` for a single number, which has none. */
export type Interval = { mean: number; half: number | null; count: number };

/** The 97.5 % points of Student's t by degrees of freedom, from 1 to 30. */
const points: readonly number[] = [
  ...[12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228],
  ...[2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086],
  ...[2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042],
];

/** The same of the normal distribution, which Student's approaches. */
const normal = 1.960;

/**
 * The number of standard errors within which a mean lies in 95 % of all cases, by degrees of
 * freedom: Student's t, beyond 30 interpolated in their reciprocal, as tables advise.
 */
export function studentsT(degrees: number): number {
  return points[degrees - 1] ?? normal + (points[29]! - normal) * 30 / degrees;
}

/**
 * The mean of independent numbers with its 95 % interval by Student's t.
 *
 * @throws {RangeError} If there is no number.
 */
export function interval(values: readonly number[]): Interval {
  const count = values.length;
  if (count === 0) throw new RangeError("Cannot give an interval of 0 numbers");
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count === 1) return { mean, half: null, count };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const error = Math.sqrt(squares / (count - 1) / count);
  return { mean, half: studentsT(count - 1) * error, count };
}

/** Whether an interval is there and does not include zero. */
export function isClear({ mean, half }: Interval): boolean {
  return half !== null && Math.abs(mean) > half;
}

/**
 * A difference in points with its interval, and the remark where nothing follows from it:
 * `+3.2 ± 1.1 points`, `−0.2 ± 0.9 points (not clear)`, `+3.2 points (one seed: not clear)`.
 */
export function inPoints(difference: Interval): string {
  const { mean, half } = difference;
  const text = `${mean < 0 ? "−" : "+"}${Math.abs(mean).toFixed(1)}`;
  if (half === null) return `${text} points (one seed: not clear)`;
  return `${text} ± ${half.toFixed(1)} points${isClear(difference) ? "" : " (not clear)"}`;
}
