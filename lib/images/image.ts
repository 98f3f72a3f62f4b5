/** An image in memory: red, green, blue bytes, row by row, without padding. */
export type Image = {
  width: number;
  height: number;
  /** `width * height * 3` bytes. */
  data: Uint8Array;
  /** Its size in its file, where it was reduced while it was decoded. */
  original?: { width: number; height: number };
};

/** A rectangle of whole pixels within an image. */
export type Region = { left: number; top: number; width: number; height: number };

/** A black image. */
export function blank(width: number, height: number): Image {
  return { width, height, data: new Uint8Array(width * height * 3) };
}
