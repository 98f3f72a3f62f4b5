import type { Backend } from "../compile/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { disposePair } from "../protocols/mod.ts";
import { checkFile } from "./destination.ts";
import { extractParts } from "./extract.ts";
import { featuresFiles } from "./features_format.ts";
import { type ComputeRequest, type InputRequest, type Inputs, openInputs } from "./inputs.ts";
import { leaveOut, type LeftOut } from "./leave_out.ts";
import { defaultObserver } from "./notebook_observer.ts";
import type { Observer } from "./observer.ts";
import { saveFeatures } from "./save_features.ts";
import { meet, type SharedJobOptions, startTogether } from "./start_together.ts";
import { toEncoder } from "./weights.ts";

/** Of what features are made, and where they are written. */
export type FeaturesRequest = InputRequest & ComputeRequest & {
  /** The file to write, whose ending is `.safetensors`, `.npy` or `.csv`. */
  out: string;
  /** Whether a file that is there is replaced. */
  fresh?: boolean;
};

/** Weights and images that were checked, and whose features can be written. */
export type FeaturesJob = Inputs & { out: string; skipBad: boolean; backend: Backend | null };

/** What was written: how many features of each part, and the files. */
export type FeaturesResult = {
  train: number;
  test: number;
  width: number;
  /** Their paths; of several processes, none but the first has written any. */
  files: string[];
  leftOut: LeftOut;
};

/**
 * Checks weights, images and the files to write before anything is downloaded.
 *
 * @throws {Error} If they cannot be used: why, and what to do.
 */
export async function prepareFeatures(
  request: FeaturesRequest,
  observer?: Observer,
): Promise<FeaturesJob> {
  const { out, fresh = false, skipBad = false, backend = null, checkpoint, labels } = request;
  const inputs = await openInputs(request, { scored: false, observer });
  const options = {
    fresh,
    inputs: [checkpoint, ...labels ? [labels] : [], ...filesOf(inputs.data)],
  };
  await checkFile(out, options);
  const { labels: beside } = featuresFiles(out);
  if (beside) await checkFile(beside, options);
  return { ...inputs, out, skipBad, backend };
}

/** The files in which the images of a data set lie. */
function filesOf({ train, test }: Dataset): string[] {
  return [...new Set([...train, ...test].flatMap(({ file }) => file ? [file.path] : []))];
}

/**
 * Writes the features of every image of both parts of a data set, with their paths and labels; see
 * {@linkcode saveFeatures}. Of several processes the first one writes.
 */
export async function writeFeatures(
  job: FeaturesJob,
  { observer = defaultObserver(), ...computing }: SharedJobOptions = {},
): Promise<FeaturesResult> {
  const { weights, config, precision, out, skipBad } = job;
  const { data, leftOut } = await leaveOut(job.data, { skipBad, observer });
  const processes = await startTogether(job.backend, { observer, ...computing });
  using encoder = toEncoder(weights, { name: weights.path, precision, observer });
  const pair = await extractParts(data, encoder, { ...config, observer, processes });
  meet();
  const [, width] = pair.train.x.shape;
  const metadata = {
    checkpoint: weights.fingerprint,
    config: JSON.stringify({ ...config, evalPrecision: precision }),
  };
  const writes = (processes?.index ?? 0) === 0;
  const files = writes ? await saveFeatures(out, pair, { data, metadata }) : [];
  disposePair(pair);
  return { train: data.train.length, test: data.test.length, width, files, leftOut };
}
