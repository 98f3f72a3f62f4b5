import type { Image } from "../images/mod.ts";

/**
 * A change of each channel, in place, by a curve that depends on how often its bytes occur in an
 * image.
 *
 * @param curve The 256 new bytes by the 256 counts; `null` to leave the channel as it is.
 */
export function toneCurve(
  { data: pixels }: Image,
  curve: (counts: Uint32Array) => ArrayLike<number> | null,
): (image: Image) => void {
  const tables = [0, 1, 2].map((c) => {
    const counts = new Uint32Array(256);
    for (let i = c; i < pixels.length; i += 3) counts[pixels[i]!]!++;
    return curve(counts);
  });
  return ({ data }) => {
    for (const [c, table] of tables.entries()) {
      if (!table) continue;
      for (let i = c; i < data.length; i += 3) data[i] = table[data[i]!]!;
    }
  };
}
