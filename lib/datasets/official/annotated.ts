import { basename, resolve } from "node:path";
import { escapeControls, HEAD_BYTES } from "../../images/mod.ts";
import { displayedDataset } from "../displayed_dataset.ts";
import { fingerprint } from "../fingerprint.ts";
import { readImage } from "../image_file.ts";
import type { Dataset, Sample } from "../sample.ts";
import { readHead } from "../slice.ts";
import type { FolderOptions } from "../to_dataset.ts";

/** An image by its path below the folder, with its class at each level. */
export type AnnotatedImage = { path: string; labels: Record<string, number> };

/** What the annotations of a data set say. */
export type Annotations = Pick<Dataset, "classes" | "usual" | "notes"> & {
  train: AnnotatedImage[];
  test: AnnotatedImage[];
};

/** The data set of a folder in which files with annotations lie beside the images. */
export async function annotatedDataset(
  folder: string,
  { train, test, ...rest }: Annotations,
  { exif = false, asOriginal = false }: FolderOptions,
): Promise<Dataset> {
  const toSample = ({ path, labels }: AnnotatedImage): Sample => {
    const file = { path: `${folder}/${path}`, exif };
    return {
      id: path,
      labels,
      read: () => readImage(file),
      file,
      head: () => readHead(file.path, HEAD_BYTES),
    };
  };
  const line = ({ path, labels }: AnnotatedImage) => `${path} ${Object.values(labels)}`;
  return displayedDataset({
    name: basename(resolve(folder)),
    train: train.map(toSample),
    test: test.map(toSample),
    fingerprint: await fingerprint([
      ...train.map(line),
      "test",
      ...test.map(line),
      ...exif ? ["exif"] : [],
      ...asOriginal ? ["as original"] : [],
    ]),
    ...rest,
  });
}

/** The error of annotations that cannot be used. */
export function unusable(path: string, why: string): Error {
  return new Error(`Cannot read ${escapeControls(path)}: ${why}; fetch it again`);
}
