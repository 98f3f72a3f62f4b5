/** What was scored: a network after training, one before it, or features without a network. */
export type Kind = "trained" | "untrained" | "plain";

/** A measured row of the table: the method, its recipe, and its top-1 accuracies in percent. */
export type Row = {
  method: string;
  kind: Kind;
  arch: string;
  /** Millions of parameters of the backbone; `null` where there is no network. */
  parameters: number | null;
  /** Passes over the training images; `null` where nothing was trained. */
  epochs: number | null;
  /** Linear probe on frozen features; `null` where it was not measured. */
  linear: number | null;
  knn: number | null;
  data: string;
  /** The level of the labels, where the data has several. */
  level: string | null;
  /** Accuracy of a guess, percent. */
  chance: number;
  preset: string | null;
  /** Minutes of training; `null` where nothing was trained. */
  minutes: number | null;
  /** Images that a second of training took; `null` where nothing was trained. */
  imagesPerSecond: number | null;
  /**
   * The most memory that the process held after a step of training, MiB; `null` where no step was
   * done here.
   */
  memory: number | null;
  seed: number;
};

/** What training took, of which a summary holds the mean. */
const costs = ["minutes", "epochs", "imagesPerSecond", "memory"] as const;

/** Mean and standard deviation over seeds. */
export type Summary = Omit<Row, "seed" | "linear" | "knn"> & {
  seeds: number[];
  linear: Spread | null;
  knn: Spread | null;
};

/** A mean with the sample standard deviation (n - 1; 0 for a single number). */
export type Spread = { mean: number; deviation: number };

/** Joins the rows that differ in seed and result only, in the order of their first appearance. */
export function summarize(rows: readonly Row[]): Summary[] {
  const groups = Map.groupBy(
    rows,
    ({ method, arch, data, level }) => [method, arch, data, level].join("\n"),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { seed: _, linear: __, knn: ___, ...rest } = first;
    const column = (name: "linear" | "knn" | (typeof costs)[number]) => {
      const values = group.map((row) => row[name]).filter((value) => value !== null);
      return values.length === group.length ? spread(values) : null;
    };
    return {
      ...rest,
      ...Object.fromEntries(costs.map((name) => [name, column(name)?.mean ?? null])),
      seeds: group.map((row) => row.seed),
      linear: column("linear"),
      knn: column("knn"),
    };
  });
}

/** Mean and standard deviation of at least one number. */
export function spread(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}
