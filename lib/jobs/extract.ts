import type { Dataset } from "../datasets/mod.ts";
import type { Vit, VitSizes } from "../models/mod.ts";
import type { Features, Pair } from "../protocols/mod.ts";
import { counter } from "../cli/mod.ts";
import type { Seen } from "./seen.ts";

/** The class tokens of a ViT for both parts, with progress; the test part is `null` where the data has none. */
export async function extract(
  data: Dataset,
  vit: Vit,
  seen: Seen,
  name: string,
): Promise<{ train: Features; test: Features | null }> {
  const { extract, features, network } = await import("../protocols/mod.ts");
  const onProgress = counter(`features of ${name}`, data.train.length + data.test.length);
  if (data.test.length > 0) return await extract(data, vit, { ...seen, onProgress });
  using embed = network(vit, { heads: seen.heads, precision: seen.evalPrecision });
  const size = seen.evalSize ?? seen.imageSize;
  const options = { ...seen, size, classes: data.classes, onProgress };
  return { train: await features(embed, data.train, options), test: null };
}

/** Features without a network, with progress: raw pixels and colour histogram. */
export async function plain(
  data: Dataset,
  { evalCrop }: Pick<Seen, "evalCrop">,
): Promise<Record<"raw pixels" | "colour histogram", Pair>> {
  const { baselines } = await import("../protocols/mod.ts");
  const onProgress = counter("baselines", data.train.length + data.test.length);
  return await baselines(data, { evalCrop, onProgress });
}

/** The ViT that pre-training of this seed begins with. */
export async function untrained(config: VitSizes & { seed: number }): Promise<Vit> {
  const { untrained } = await import("../protocols/mod.ts");
  return untrained(config);
}

/** Frees the features of both parts. */
export async function free({ train, test }: Pair): Promise<void> {
  const { dispose } = await import("../tree/mod.ts");
  dispose(train.x, train.labels, test.x, test.labels);
}
