import type { Precision } from "../compile/mod.ts";
import { type Config, fields } from "../configs/mod.ts";
import type { Flag } from "../cli/mod.ts";

/** The precision in which features are made, whatever the network was trained in. */
export const precisionFlag = {
  kind: "choice",
  choices: ["float32", "tf32", "bfloat16"],
  about: "Of matrix products [float32]",
} as const satisfies Flag;

/** What features depend on beside images and weights. */
export type Seen =
  & Pick<Config, "imageSize" | "patchSize" | "heads" | "evalCrop" | "evalSize">
  & {
    /** Of matrix products; by default float32. */
    evalPrecision?: Precision;
  };

type Scoring = Pick<Config, "evalCrop" | "evalSize" | "exif">;

/** The flags that change what is seen of an image when it is scored. */
export const seenFlags = {
  "eval-crop": { ...fields.evalCrop, about: `${fields.evalCrop.about} [as in training]` },
  exif: { ...fields.exif, about: `${fields.exif.about} [as in training]` },
  "eval-size": { ...fields.evalSize, about: `${fields.evalSize.about} [as in training]` },
};

/**
 * What given weights see of an image: as the flags say, else as they were trained to be scored, else as the published
 * weights are.
 *
 * @throws {RangeError} If the square cannot be cut into patches.
 */
export function seen<Known extends Partial<Config> & Pick<Config, "patchSize">>(
  values: Record<string, unknown>,
  known: Known,
): Omit<Known, keyof Scoring> & Scoring {
  const { "eval-crop": crop, "eval-size": size, exif } = values as {
    "eval-crop"?: Config["evalCrop"];
    "eval-size"?: Config["evalSize"];
    exif?: boolean;
  };
  const evalSize = size !== undefined ? size : known.evalSize ?? null;
  if ((evalSize ?? 0) % known.patchSize) {
    throw new RangeError(
      `--eval-size ${evalSize} is not a multiple of the network's patch size, ${known.patchSize}`,
    );
  }
  return {
    ...known,
    evalCrop: crop ?? known.evalCrop ?? "center",
    evalSize,
    exif: exif ?? known.exif ?? false,
  };
}
