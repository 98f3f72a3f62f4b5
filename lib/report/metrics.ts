/** What a step of training told; the lines of a run's `metrics.jsonl` are such, and so are the facts of `pretrain`. */
export type Metric = {
  /** Epochs done, with the part of the current one. */
  epoch: number;
  /** The losses of the three supervisions, in nats. */
  instance: number;
  localGroup: number;
  group: number;
  /** Spread of the teacher's features: 1 as wide as can be, 0 collapsed. */
  spread?: number;
  /** Entropy of an image's assignment to the prototypes, and of the mean assignment, in nats. */
  targetEntropy?: number;
  prototypeEntropy?: number;
  /** Percent of an image's nearest neighbors that are of its class. */
  neighborPurity?: number;
};

/** The numbers of a metric by name. */
export type Numbers<T> = { [name in keyof T as number extends T[name] ? name : never]: number };

/**
 * At most `count` points, each the mean of as many steps that follow each other; what a curve needs for the eye, and no more.
 * Only numbers are kept, with six digits.
 */
export function thin<T extends object>(points: readonly T[], count = 200): Numbers<T>[] {
  const size = Math.max(1, Math.ceil(points.length / count));
  return Array.from({ length: Math.ceil(points.length / size) }, (_, i) => {
    return mean(points.slice(i * size, (i + 1) * size) as Record<string, unknown>[]);
  }) as Numbers<T>[];
}

/** The mean of every number that any of the points has, over those that have it. */
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
