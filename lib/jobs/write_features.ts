import { writeSafetensors } from "../checkpoint/mod.ts";
import type { Backend } from "../compile/mod.ts";
import { disposePair, type Features } from "../protocols/mod.ts";
import { checkFile } from "./destination.ts";
import { extractParts } from "./extract.ts";
import { type ComputeRequest, type InputRequest, type Inputs, openInputs } from "./inputs.ts";
import { leaveOut, type LeftOut } from "./leave_out.ts";
import { type JobOptions, type Observer, silent } from "./observer.ts";
import { startBackend } from "./start_backend.ts";
import { toEncoder } from "./weights.ts";

/** Of what features are made, and where they are written. */
export type FeaturesRequest = InputRequest & ComputeRequest & {
  /** The file to write. */
  out: string;
  /** Whether a file that is there is replaced. */
  fresh?: boolean;
};

/** Weights and images that were checked, and whose features can be written. */
export type FeaturesJob = Inputs & { out: string; skipBad: boolean; backend: Backend | null };

/** What was written. */
export type FeaturesResult = { train: number; test: number; width: number; leftOut: LeftOut };

/**
 * Checks weights, images and the file to write before anything is downloaded.
 *
 * @throws {Error} If they cannot be used: why, and what to do.
 */
export async function prepareFeatures(
  request: FeaturesRequest,
  observer?: Observer,
): Promise<FeaturesJob> {
  const { out, fresh = false, skipBad = false, backend = null, checkpoint } = request;
  const inputs = await openInputs(request, { scored: false, observer });
  await checkFile(out, { fresh, inputs: [checkpoint] });
  checkEnding(out);
  return { ...inputs, out, skipBad, backend };
}

/** Refuses files that say to be of another kind, such as an image of the data. */
function checkEnding(out: string): void {
  if (out.endsWith(".safetensors")) return;
  const ending = /\.[^./\\]*$/.exec(out)?.[0] ?? "a file without ending";
  throw new TypeError(
    `Cannot write ${out}: features are written as ".safetensors", not as ${ending}`,
  );
}

/** Writes the features of every image of both parts of a data set, with their labels. */
export async function writeFeatures(
  job: FeaturesJob,
  { observer = silent, ...computing }: JobOptions = {},
): Promise<FeaturesResult> {
  const { weights, config, precision, out, skipBad } = job;
  const { data, leftOut } = await leaveOut(job.data, { skipBad, observer });
  await startBackend(job.backend, { observer, ...computing });
  using encoder = toEncoder(weights, { name: weights.path, precision, observer });
  const pair = await extractParts(data, encoder, { ...config, observer });
  const tensors = { ...stored("train", pair.train), ...pair.test && stored("test", pair.test) };
  await writeSafetensors(out, tensors, {
    format: "mugs-features/1",
    checkpoint: weights.fingerprint,
    data: data.fingerprint,
    classes: JSON.stringify(data.classes),
    config: JSON.stringify({ ...config, evalPrecision: precision }),
    ids: JSON.stringify({
      train: data.train.map(({ id }) => id),
      test: data.test.map(({ id }) => id),
    }),
  });
  const [, width = 0] = pair.train.x.shape;
  disposePair(pair);
  return { train: data.train.length, test: data.test.length, width, leftOut };
}

/** `<part>.features` and `<part>.labels.<level>`. */
function stored(part: string, { x, labels }: Features) {
  const features = { dtype: "F32" as const, shape: x.shape, data: x.dataSync() as Float32Array };
  return {
    [`${part}.features`]: features,
    ...Object.fromEntries(
      Object.entries(labels).map(([level, labels]) => [
        `${part}.labels.${level}`,
        { dtype: "I32" as const, shape: labels.shape, data: labels.dataSync() as Int32Array },
      ]),
    ),
  };
}
