import type { Image } from "../images/mod.ts";

/** Mean of ImageNet's red, green and blue, on a scale of 0 to 1. */
export const imagenetMean: readonly [number, number, number] = [0.485, 0.456, 0.406];

/** Standard deviation of ImageNet's red, green and blue, on a scale of 0 to 1. */
export const imagenetDeviation: readonly [number, number, number] = [0.229, 0.224, 0.225];

const { fround } = Math;

/** Network input for each byte: `[channel * 256 + byte]`. */
const table = Float32Array.from({ length: 768 }, (_, i) => {
  const mean = imagenetMean[i >> 8]!, deviation = imagenetDeviation[i >> 8]!;
  return fround(fround(fround((i & 255) / 255) - fround(mean)) / fround(deviation));
});

/**
 * Writes the image into `out` from `offset` on as network input: (byte / 255 - mean) / deviation,
 * float32, channels last.
 */
export function normalizePixels(
  { data }: Pick<Image, "data">,
  out: Float32Array,
  offset = 0,
): void {
  for (let i = 0; i < data.length; i += 3, offset += 3) {
    out[offset] = table[data[i]!]!;
    out[offset + 1] = table[256 + data[i + 1]!]!;
    out[offset + 2] = table[512 + data[i + 2]!]!;
  }
}
