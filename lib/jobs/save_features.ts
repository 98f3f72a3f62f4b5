import { writeNpy, writeSafetensors } from "../checkpoint/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { escapeControls } from "../images/mod.ts";
import type { Features } from "../protocols/mod.ts";
import { writingTo } from "../runs/mod.ts";
import { type FeatureParts, writeCsv } from "./features_csv.ts";
import { type FeaturesFiles, featuresFiles } from "./features_format.ts";

/** Of what features were made. */
export type FeaturesSource = {
  /** The images, in the order of the features. */
  data: Dataset;
  /** What else the metadata of a safetensors file say. */
  metadata?: Record<string, string>;
};

/**
 * Writes the features of both parts of a data set, of which the test part may be missing, with the
 * paths and labels of the images. The ending of the file says how:
 *
 * - `.safetensors`: `train.features`, `train.labels.<level>` and the same for `test`; the metadata
 *   hold the names of the classes and the paths, as JSON;
 * - `.npy`: one matrix of float32, the rows of `train` and then those of `test`; beside `x.npy`
 *   lies `x.labels.csv`, which has the part, path and label of each row;
 * - `.csv`: a header, and for each image its part, path, label and features.
 *
 * Files that are there are replaced.
 *
 * @returns The paths of the files that were written.
 * @throws {TypeError} If the file has another ending.
 * @throws {RangeError} If the features are not as many as the images.
 * @throws {Error} If the system refuses to write the file: why, and what to do.
 */
export async function saveFeatures(
  path: string,
  parts: FeatureParts,
  { data, metadata = {} }: FeaturesSource,
): Promise<string[]> {
  const files = featuresFiles(path);
  checkCounts(parts, data);
  await writingTo(path, () => write(files, parts, { data, metadata }));
  return [path, ...files.labels ? [files.labels] : []];
}

async function write(
  { format, path, labels }: FeaturesFiles,
  parts: FeatureParts,
  { data, metadata }: Required<FeaturesSource>,
): Promise<void> {
  switch (format) {
    case "safetensors":
      await writeSafetensors(path, storedParts(parts), { ...metadata, ...contents(data) });
      break;
    case "npy": {
      await writeCsv(labels, parts, { data, features: false });
      const { train, test } = parts;
      const [, width] = train.x.shape;
      const values = [train, ...test ? [test] : []].map(({ x }) => x.dataSync() as Float32Array);
      await writeNpy(path, [data.train.length + data.test.length, width], values);
      break;
    }
    case "csv":
      await writeCsv(path, parts, { data, features: true });
  }
}

function checkCounts({ train, test }: FeatureParts, data: Dataset): void {
  for (
    const [part, rows] of [["train", train.x.shape[0]], ["test", test?.x.shape[0] ?? 0]] as const
  ) {
    const { length } = data[part];
    if (rows === length) continue;
    throw new RangeError(
      `Cannot save ${rows} features of the ${part} part of ${escapeControls(data.name)}: it has ` +
        `${length} images`,
    );
  }
}

/** What the rows are: the names of the classes, and the paths. */
function contents({ train, test, classes, fingerprint }: Dataset): Record<string, string> {
  return {
    format: "mugs-features/1",
    data: fingerprint,
    classes: JSON.stringify(classes),
    ids: JSON.stringify({ train: train.map(({ id }) => id), test: test.map(({ id }) => id) }),
  };
}

function storedParts({ train, test }: FeatureParts) {
  return { ...stored("train", train), ...test && stored("test", test) };
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
