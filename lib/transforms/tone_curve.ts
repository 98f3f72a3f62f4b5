import type { Image } from "../images/mod.ts";

/**
 * Changes each channel, in place, by a curve that depends on how often its bytes occur.
 *
 * @param curve The 256 new bytes by the 256 counts; `null` to leave the channel as it is.
 */
export function toneCurve(
  { data }: Image,
  curve: (counts: Uint32Array) => ArrayLike<number> | null,
): void {
  for (let c = 0; c < 3; c++) {
    const counts = new Uint32Array(256);
    for (let i = c; i < data.length; i += 3) counts[data[i]!]!++;
    const table = curve(counts);
    if (!table) continue;
    for (let i = c; i < data.length; i += 3) data[i] = table[data[i]!]!;
  }
}
