/** Images of equal size one after the other as network input, and how many they are. */
export type Images = { data: Float32Array; count: number };

const { fround } = Math;

/**
 * Mixes each image of a batch with its counterpart from the other end of the batch, in place: `share` of itself and the
 * rest of the other.
 *
 * Source: timm's `Mixup` in its mode `batch`; Zhang et al. 2018.
 */
export function mixup({ data, count }: Images, share: number): void {
  const size = data.length / count;
  const own = fround(share), other = fround(1 - share);
  for (let i = 0, j = count - 1; i <= j; i++, j--) {
    for (let k = 0; k < size; k++) {
      const a = data[i * size + k], b = data[j * size + k];
      data[i * size + k] = fround(own * a) + fround(other * b);
      data[j * size + k] = fround(own * b) + fround(other * a);
    }
  }
}
