import { type ClassifierProtocol, configureClassifier } from "../configs/mod.ts";
import { granules, labelShare } from "../datasets/mod.ts";
import type { ProtocolRow } from "../report/mod.ts";
import { digestFile, readConfig } from "../runs/mod.ts";
import { prepareClassifier } from "./prepare_classifier.ts";
import {
  logisticRows,
  type Measurement,
  type Pretrained,
  randomName,
  shareColumn,
  shares,
} from "./protocol_rows.ts";
import { runClassifier } from "./run_classifier.ts";

/** Fine-tuning on all labels. */
export async function fineTuneRows(
  pretrained: Pretrained,
  measurement: Measurement,
): Promise<ProtocolRow[]> {
  const { level } = measurement;
  return await bothStarts(pretrained, measurement, {
    ...{ protocol: "fine-tune", name: "fine-tune", level, evalEvery: 1 },
    ...{ column: "fine-tuning", setting: level },
  });
}

/** Fine-tuning and logistic regression on shares of the labels. */
export async function semiSupervisedRows(
  pretrained: Pretrained,
  measurement: Measurement,
): Promise<ProtocolRow[]> {
  const { level } = measurement;
  const rows: ProtocolRow[] = [];
  for (const share of shares) {
    const data = await labelShare(measurement.data, share, { seed: pretrained.seed, level });
    rows.push(
      ...await bothStarts(pretrained, { ...measurement, data }, {
        ...{ protocol: "semi-supervised", name: `semi-supervised-${share}`, level, evalEvery: 8 },
        ...{ column: shareColumn(share), setting: `fine-tuning, ${level}` },
      }),
    );
  }
  return [...rows, ...await logisticRows(pretrained, measurement)];
}

/** Fine-tuning on granules of rare minerals: no species or family of pre-training is among them. */
export async function transferRows(
  pretrained: Pretrained,
  measurement: Measurement,
): Promise<ProtocolRow[]> {
  const size = measurement.imageSize > 64 ? 256 : 64;
  const others = granules({ size, minerals: "rare", train: 960, test: 480 });
  return await bothStarts(pretrained, { ...measurement, data: others }, {
    ...{ protocol: "transfer", name: "transfer", level: "species", evalEvery: 2 },
    ...{ column: "rare granules", setting: "species" },
  });
}

/** How a classifier is trained, and where its score stands. */
type Training = {
  protocol: ClassifierProtocol;
  /** The name of its folder. */
  name: string;
  level: string;
  evalEvery: number;
  column: string;
  setting: string;
};

/** The best top-1 of a classifier, with the weights and from a random initialization beside it. */
async function bothStarts(
  { seed, checkpoint, options: choice, folder, row: { method, arch, epochs: pretraining } }:
    Pretrained,
  { data, origin, fresh, loading, observer, options }: Measurement,
  { name, column, setting, ...training }: Training,
): Promise<ProtocolRow[]> {
  const rows: ProtocolRow[] = [];
  const { batchSize } = configureClassifier(training.protocol);
  for (const fromScratch of [false, true]) {
    const out = `${folder}/${name}${fromScratch ? "-from-scratch" : ""}`;
    // Of other weights where the pre-training was repeated and the classifiers not yet.
    const record = fresh ? null : await readConfig({ path: out });
    const resume = record?.checkpoint === await digestFile(checkpoint);
    const overrides = { seed, batchSize: Math.min(batchSize, data.train.length) };
    const request = {
      ...choice,
      ...training,
      overrides,
      checkpoint,
      fromScratch,
      data,
      out,
      resume,
      fresh: !resume,
      ...loading,
    };
    const job = await prepareClassifier(request, observer);
    observer.tell(`${name}, ${fromScratch ? randomName : method}`);
    const { best } = await runClassifier(job, { observer, ...options });
    rows.push({
      method: fromScratch ? randomName : method,
      ...{ arch, epochs: fromScratch ? null : pretraining, setting, column },
      ...{ value: best.top1, data: origin, seed },
    });
  }
  return rows;
}
