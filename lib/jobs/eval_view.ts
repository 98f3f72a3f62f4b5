import type { Config } from "../configs/mod.ts";

/** The fields that say what is seen of an image when it is scored. */
export type ViewFields = Pick<Config, "evalCrop" | "evalSize" | "exif">;

/** What is requested of them; `undefined` is left open. */
export type ViewRequest = { [Name in keyof ViewFields]?: ViewFields[Name] | undefined };

/**
 * What given weights see of an image: as requested, else as they were trained to be scored, else as
 * the published weights are.
 *
 * @throws {RangeError} If the square cannot be cut into patches.
 */
export function evalView<Stored extends Partial<Config> & Pick<Config, "patchSize">>(
  request: ViewRequest,
  stored: Stored,
): Omit<Stored, keyof ViewFields> & ViewFields {
  const evalSize = request.evalSize === undefined ? stored.evalSize ?? null : request.evalSize;
  if ((evalSize ?? 0) % stored.patchSize) {
    throw new RangeError(
      `\`evalSize\` ${evalSize} is not a multiple of the network's patch size, ${stored.patchSize}`,
    );
  }
  return {
    ...stored,
    evalCrop: request.evalCrop ?? stored.evalCrop ?? "center",
    evalSize,
    exif: request.exif ?? stored.exif ?? false,
  };
}
