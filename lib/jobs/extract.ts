import type { Dataset } from "../datasets/mod.ts";
import type { Encoder } from "../models/mod.ts";
import {
  evalSide,
  extract,
  type ExtractOptions,
  type Features,
  features,
} from "../protocols/mod.ts";
import type { Observer } from "./observer.ts";

/** How features of both parts are made, and who learns how far they are. */
export type ExtractPartsOptions = Omit<ExtractOptions, "onProgress"> & { observer: Observer };

/** The features of both parts of a data set; the test part is `null` where the data has none. */
export async function extractParts(
  data: Dataset,
  encoder: Encoder,
  { observer, processes, ...view }: ExtractPartsOptions,
): Promise<{ train: Features; test: Features | null }> {
  const { evalCrop } = view;
  const { train, test, classes } = data;
  const total = train.length + test.length;
  const what = `features of ${encoder.name}`;
  const onProgress = (done: number) => observer.count?.({ what, done, total });
  if (test.length > 0) return await extract(data, encoder, { ...view, onProgress, processes });
  const options = { size: evalSide(view), evalCrop, classes, onProgress, processes };
  return { train: await features(encoder.embed, train, options), test: null };
}
