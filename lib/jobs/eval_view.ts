import type { Config } from "../configs/mod.ts";

/** The fields that say what is seen of an image when it is scored. */
type View = Pick<Config, "evalCrop" | "evalSize" | "exif">;

/** What is requested of them; `undefined` is left open. */
export type ViewRequest = { [Name in keyof View]?: View[Name] | undefined };

/**
 * What given weights see of an image: as requested, else as they were trained to be scored, else as the published weights
 * are.
 *
 * @throws {RangeError} If the square cannot be cut into patches.
 */
export function evalView<Known extends Partial<Config> & Pick<Config, "patchSize">>(
  request: ViewRequest,
  known: Known,
): Omit<Known, keyof View> & View {
  const evalSize = request.evalSize === undefined ? known.evalSize ?? null : request.evalSize;
  if ((evalSize ?? 0) % known.patchSize) {
    throw new RangeError(
      `\`evalSize\` ${evalSize} is not a multiple of the network's patch size, ${known.patchSize}`,
    );
  }
  return {
    ...known,
    evalCrop: request.evalCrop ?? known.evalCrop ?? "center",
    evalSize,
    exif: request.exif ?? known.exif ?? false,
  };
}
