import { counter } from "../cli/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import type { Encoder } from "../models/mod.ts";
import type { Count, EvalView, Features } from "../protocols/mod.ts";

/** The features of both parts, with progress; the test part is `null` where the data has none. */
export async function extractParts(
  data: Dataset,
  encoder: Encoder,
  view: EvalView,
): Promise<{ train: Features; test: Features | null }> {
  const { evalSide, extract, features } = await import("../protocols/mod.ts");
  const total = data.train.length + data.test.length;
  const onProgress = counter(`features of ${encoder.name}`, total);
  if (data.test.length > 0) return await extract(data, encoder, { ...view, onProgress });
  const { evalCrop } = view;
  const options = { size: evalSide(view), evalCrop, classes: data.classes, onProgress };
  return { train: await features(encoder.embed, data.train, options), test: null };
}

/** Shows how far the features of one thing after another have come. */
export function counters(): (count: Count) => void {
  const shown = new Map<string, (done: number) => void>();
  return ({ what, done, total }) => {
    const show = shown.get(what) ?? counter(what, total);
    shown.set(what, show);
    show(done);
  };
}
