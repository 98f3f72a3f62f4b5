/** What a protocol sees of an image: fields of a configuration. */
export type EvalView = {
  /** Side in pixels of the images that the encoder was made for. */
  imageSize: number;
  /** Side in pixels of the square that is scored; `null` for the image size. */
  evalSize: number | null;
  /** Whether the square is the center of the image, or all of it. */
  evalCrop: "center" | "whole";
};

/** The side of the square that is scored. */
export function evalSide({ evalSize, imageSize }: Omit<EvalView, "evalCrop">): number {
  return evalSize ?? imageSize;
}
