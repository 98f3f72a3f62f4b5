/** How the pixels around a point are weighted. */
export type Filter = "bilinear" | "bicubic";

/** For each output position of one axis: the first input position, how many follow, the weights. */
export type Coefficients = {
  /** Weights stored for each output position; those beyond its count are zero. */
  taps: number;
  starts: Int32Array;
  counts: Int32Array;
  /** Fixed-point weights, `[outputs, taps]`, in units of 2^-{@linkcode PRECISION}. */
  weights: Int32Array;
  /** The same, laid out for the kernels `across` and `down`. */
  across: KernelPlan;
  down: KernelPlan;
};

/** What a kernel does for each output position: `stride` integers a position. */
export type KernelPlan = { values: Int32Array; stride: number };

/**
 * Fractional bits of a weight: 32 less 8 for a pixel and 2 for the overshoot of bicubic, as in
 * Pillow.
 */
export const PRECISION = 22;

const filters = {
  bilinear: { support: 1, weight: (x: number) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { support: 2, weight: cubic },
};

const cache = new Map<number, Coefficients>();

/**
 * The weights that bring `from` pixels to `to` pixels. When shrinking, the filter widens with the
 * scale (antialiasing).
 *
 * Source: Pillow's `Resample.c` (`precompute_coeffs`, `normalize_coeffs_8bpc`).
 */
export function coefficients(from: number, to: number, filter: Filter): Coefficients {
  const key = (from * 65536 + to) * 2 + (filter === "bicubic" ? 1 : 0);
  const cached = cache.get(key);
  if (cached) return cached;
  if (cache.size >= 2048) cache.clear();
  const result = compute(from, to, { filter: filters[filter], offset: 0, span: from });
  cache.set(key, result);
  return result;
}

/** The weights that bring `span` of `from` pixels, beginning at `offset`, to `to` pixels. */
export function partCoefficients(
  from: number,
  to: number,
  { offset, span, filter }: { offset: number; span: number; filter: Filter },
): Coefficients {
  if (offset === 0 && span === from) return coefficients(from, to, filter);
  return compute(from, to, { filter: filters[filter], offset, span });
}

function compute(
  from: number,
  to: number,
  { filter, offset, span }: { filter: typeof filters.bicubic; offset: number; span: number },
): Coefficients {
  const scale = span / to;
  const stretch = Math.max(scale, 1);
  const support = filter.support * stretch;
  const taps = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(to), counts = new Int32Array(to);
  const weights = new Int32Array(to * taps);
  const row = new Float64Array(taps);
  for (let x = 0; x < to; x++) {
    const center = offset + (x + 0.5) * scale;
    const first = Math.max(0, Math.trunc(center - support + 0.5));
    const count = Math.min(from, Math.trunc(center + support + 0.5)) - first;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      sum += row[i] = filter.weight((i + first - center + 0.5) * (1 / stretch));
    }
    const fixed = row.subarray(0, count).map((w) => {
      const value = sum === 0 ? w : w / sum;
      return Math.trunc(value * 2 ** PRECISION + (value < 0 ? -0.5 : 0.5));
    });
    // Zero weights at the ends cost time and change nothing.
    let begin = 0, end = count;
    while (begin < end - 1 && fixed[begin] === 0) begin++;
    while (end > begin + 1 && fixed[end - 1] === 0) end--;
    starts[x] = first + begin;
    counts[x] = end - begin;
    weights.set(fixed.subarray(begin, end), x * taps);
  }
  const table = { taps, starts, counts, weights };
  return { ...table, across: acrossPlan(table), down: downPlan(table) };
}

type Table = Omit<Coefficients, "across" | "down">;

/**
 * For each output pixel: its first byte, the number of pixel pairs, and their weights in halves.
 */
function acrossPlan({ taps, starts, counts, weights }: Table): KernelPlan {
  const stride = 2 + 2 * Math.ceil(taps / 2);
  const values = new Int32Array(starts.length * stride);
  for (const [x, start] of starts.entries()) {
    const count = counts[x]!;
    const pairs = Math.ceil(count / 2);
    const at = x * stride;
    values.set([start * 3, pairs], at);
    for (let i = 0; i < pairs; i++) {
      const first = weights[x * taps + 2 * i]!;
      const second = 2 * i + 1 < count ? weights[x * taps + 2 * i + 1]! : 0;
      values[at + 2 + 2 * i] = (second >> 12) << 16 | (first >> 12) & 0xffff;
      values[at + 3 + 2 * i] = (second & 0xfff) << 16 | first & 0xfff;
    }
  }
  return { values, stride };
}

/** For each output row: its first input row, how many follow, and their weights. */
function downPlan({ taps, starts, counts, weights }: Table): KernelPlan {
  const stride = 2 + taps;
  const values = new Int32Array(starts.length * stride);
  for (const [y, start] of starts.entries()) {
    values.set([start, counts[y]!], y * stride);
    values.set(weights.subarray(y * taps, (y + 1) * taps), y * stride + 2);
  }
  return { values, stride };
}

/** Keys' cubic with a = -0.5. */
function cubic(x: number): number {
  const a = -0.5;
  x = Math.abs(x);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}
