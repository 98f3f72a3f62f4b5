import type { Dataset } from "../datasets/mod.ts";
import { type BackboneOptions, untrained } from "../models/mod.ts";
import { disposePair, extract, scoreLabelShares } from "../protocols/mod.ts";
import type { ProtocolRow, Row } from "../report/mod.ts";
import type { LoadingSettings } from "./loading.ts";
import type { JobOptions, Observer } from "./observer.ts";
import { logisticLambdas } from "./score_logistic.ts";
import { evalView } from "./eval_view.ts";
import { openWeights, toEncoder } from "./weights.ts";

/** The weights of a seed, and what is known of them. */
export type Pretrained = {
  seed: number;
  /** The file of the weights, and the folder in which runs that begin with them lie. */
  checkpoint: string;
  /** How the network is chosen in the file. */
  options: BackboneOptions;
  folder: string;
  /** The method, the architecture and the epochs of their rows. */
  row: Pick<Row, "method" | "arch" | "epochs">;
};

/** What is measured with them. */
export type Measurement = {
  data: Dataset;
  /** The name of the data of pre-training. */
  origin: string;
  level: string;
  imageSize: number;
  /** Whether runs that are there are replaced. */
  fresh: boolean;
  loading: LoadingSettings;
  observer: Observer;
  options: Omit<JobOptions, "observer">;
};

/** Shares of the labels, as the original has them. */
export const shares = [0.01, 0.1] as const;

/** The column of a share of the labels. */
export function shareColumn(share: number): string {
  return `${100 * share} % of labels`;
}

/** What rows call a network before any training. */
export const randomName = "random initialization";

/** The rows of frozen features, which the main table measures, too. */
export function frozenRows(
  measured: readonly Row[],
  name: "linear" | "knn",
): ProtocolRow[] {
  return measured.flatMap((row) => {
    const value = row[name];
    if (value === null) return [];
    const { method, arch, epochs, data, level, seed } = row;
    const column = name === "knn" ? "k-NN" : "linear";
    return [{ method, arch, epochs, data, seed, column, value, setting: level }];
  });
}

/** Logistic regression on frozen features, of the weights and of a random initialization. */
export async function logisticRows(
  { seed, checkpoint, options, row: { method, arch, epochs } }: Pretrained,
  { data, origin, level, observer }: Measurement,
): Promise<ProtocolRow[]> {
  const weights = await openWeights(checkpoint, options);
  const view = evalView({}, weights.config);
  using encoders = new DisposableStack();
  const rows: ProtocolRow[] = [];
  const all = [
    encoders.use(toEncoder(weights, { name: method, observer })),
    encoders.use(untrained({ ...weights.config, seed }, { name: randomName })),
  ];
  for (const encoder of all) {
    const total = data.train.length + data.test.length;
    const what = `features of ${encoder.name}`;
    const onProgress = (done: number) => observer.count?.({ what, done, total });
    const pair = await extract(data, encoder, { ...view, onProgress });
    const shared = { shares, lambdas: logisticLambdas, level, seed };
    for (const [i, value] of (await scoreLabelShares(data, pair, shared)).entries()) {
      rows.push({
        ...{ method: encoder.name, arch, epochs: encoder.trained ? epochs : null },
        setting: `logistic regression, ${level}`,
        column: shareColumn(shares[i]!),
        ...{ value, data: origin, seed },
      });
    }
    disposePair(pair);
  }
  return rows;
}
