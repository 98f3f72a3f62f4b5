import type { Backend } from "../compile/mod.ts";
import type { Dataset } from "../datasets/mod.ts";
import { common, type Flags } from "../cli/mod.ts";
import { openData, userPath } from "./data.ts";
import { precisionFlag, type Seen, seen, seenFlags } from "./seen.ts";
import { openWeights, weightFlags, weightOptions, type Weights } from "./weights.ts";

/** The flags that name weights and images, and how these are seen. */
export const subjectFlags = {
  data: common.data,
  checkpoint: common.checkpoint,
  ...weightFlags,
  ...seenFlags,
  precision: precisionFlag,
  "skip-bad": common["skip-bad"],
  backend: common.backend,
} as const satisfies Flags;

/** Given weights and the images that they are shown. */
export type Subject = {
  weights: Weights;
  data: Dataset;
  config: ReturnType<typeof seen<Weights["config"]>> & Pick<Seen, "evalPrecision">;
  skipBad: boolean;
  /** `null` for the best that this machine has. */
  backend: Backend | null;
};

/**
 * Opens what a command line names; `--checkpoint` is among it.
 *
 * @param options `scored`: whether the images need labels and a test part.
 * @throws {Error} If weights or images cannot be used.
 */
export async function openSubject(
  values: Record<string, unknown>,
  { scored }: { scored: boolean },
): Promise<Subject> {
  const weights = await openWeights(userPath(values.checkpoint as string), weightOptions(values));
  const evalPrecision = values.precision as Seen["evalPrecision"];
  const config = { ...seen(values, weights.config), evalPrecision };
  const { imageSize, exif } = config;
  const data = await openData(values.data as string | undefined, { scored, imageSize, exif });
  return {
    weights,
    data,
    config,
    skipBad: values["skip-bad"] === true,
    backend: (values.backend as Backend | undefined) ?? null,
  };
}
