import type { Flags } from "../../cli/mod.ts";
import type { Inputs, LeftOut } from "../../jobs/mod.ts";

/** The flag that names a level of the labels. */
export const levelFlag = {
  level: {
    kind: "text",
    placeholder: "NAME",
    about: "Labels that give top1 and top5, where the images have several",
    otherwise: "those by which the field scores the data, or the second coarsest",
  },
} as const satisfies Flags;

/** Accuracies in words. */
export function scoreText(
  { top1, top5, perClass }: { top1: number; top5: number; perClass?: number },
): string {
  const mean = perClass === undefined ? "" : `, mean of the classes ${perClass.toFixed(2)} %`;
  return `top-1 ${top1.toFixed(2)} %, top-5 ${top5.toFixed(2)} %${mean}`;
}

/** What a score, or features, in JSON are of: the view of the images, the data and the weights. */
export function provenance(
  { config, precision, data, weights }: Pick<Inputs, "config" | "precision" | "data" | "weights">,
  leftOut: LeftOut,
) {
  return {
    evalCrop: config.evalCrop,
    exif: config.exif,
    evalSize: config.evalSize ?? config.imageSize,
    precision,
    imageSize: config.imageSize,
    data: data.name,
    fingerprint: data.fingerprint,
    train: data.train.length,
    test: data.test.length,
    leftOut,
    checkpoint: weights.path,
  };
}
