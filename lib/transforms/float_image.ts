import type { Image } from "../images/mod.ts";

/**
 * An image of red, green and blue from 0 to 1, row by row, as TensorFlow and JAX augment images.
 * Results of some operations lie outside this range; {@linkcode clipFractions} cuts them off.
 */
export type FloatImage = { width: number; height: number; data: Float32Array };

/** An image of bytes as fractions of 255. */
export function toFractions({ width, height, data }: Image): FloatImage {
  return { width, height, data: Float32Array.from(data, (byte) => byte / 255) };
}

/** The nearest image of bytes. */
export function fromFractions({ width, height, data }: FloatImage): Image {
  const bytes = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    bytes[i] = Math.round(255 * Math.min(1, Math.max(0, data[i]!)));
  }
  return { width, height, data: bytes };
}

/** Cuts values off at 0 and 1, in place. */
export function clipFractions({ data }: FloatImage): void {
  for (let i = 0; i < data.length; i++) data[i] = Math.min(1, Math.max(0, data[i]!));
}
