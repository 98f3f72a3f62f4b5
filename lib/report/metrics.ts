import { signs } from "./signs.ts";

/**
 * The numbers of a training step, as in the lines of a run's `metrics.jsonl`. Beside the ones that
 * are named here stand the losses of its method, by their names.
 */
export type Metric = {
  /** Completed epochs, including the fraction of the current one. */
  epoch: number;
  /** The loss that is learned from: the sum or mean of the others, if there are others. */
  total?: number;
  /** Spread of the teacher's features: 1 in all directions, 0 collapsed. */
  spread?: number;
  /** Entropy of an image's assignment to the prototypes, and of the mean assignment, in nats. */
  targetEntropy?: number;
  prototypeEntropy?: number;
  dimensions?: number;
  /** Percentage of the nearest neighbors of an image that are of its class. */
  neighborPurity?: number;
  readonly [loss: string]: unknown;
};

/** Numbers of a step that are no losses. */
const others = new Set([
  ...["step", "steps", "epoch", "seconds", "secondsLeft", "imagesPerSecond", "waitShare"],
  ...["rate", "gradientNorm", ...Object.keys(signs)],
  ...["top1", "top5", "perClass", "testLoss"],
]);

/** The names of the losses that the points have: those of which the total is made, or the total. */
export function lossNames(points: readonly Readonly<Record<string, unknown>>[]): string[] {
  const names = new Set(points.flatMap((point) => Object.keys(point)));
  const losses = [...names].filter((name) => !others.has(name) && name !== "total");
  return losses.length ? losses : ["total"].filter((name) => names.has(name));
}

/** The numbers of a metric by name. */
export type Numbers<T> = { [name in keyof T as number extends T[name] ? name : never]: number };

/**
 * At most `count` points, each the mean of the same number of consecutive steps: as many as the eye
 * can tell apart in a curve. Only numbers are kept, with six digits.
 */
export function thin<T extends object>(points: readonly T[], count = 200): Numbers<T>[] {
  const size = Math.max(1, Math.ceil(points.length / count));
  return Array.from({ length: Math.ceil(points.length / size) }, (_, i) => {
    return mean(points.slice(i * size, (i + 1) * size) as Record<string, unknown>[]);
  }) as Numbers<T>[];
}

/** The mean of every number that any of the points has, over the points that have it. */
function mean(part: readonly Record<string, unknown>[]): Record<string, number> {
  const names = new Set(part.flatMap((point) => Object.keys(point)));
  const means = [...names].map((name) => {
    const values = part.map((point) => point[name]).filter((value) => typeof value === "number");
    return [name, values.reduce((sum, value) => sum + value, 0) / values.length] as const;
  });
  return Object.fromEntries(
    means.filter(([, value]) => Number.isFinite(value))
      .map(([name, value]) => [name, +value.toPrecision(6)]),
  );
}
