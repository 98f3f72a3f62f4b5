/** Images of equal size, one after the other as network input, and their number. */
export type ImageStack = { data: Float32Array; count: number };

const { fround } = Math;

/**
 * Mixes each image of a batch with its counterpart, counted from the other end of the batch, in
 * place: `share` of itself and the rest of the other.
 *
 * Source: timm's `Mixup` in its mode `batch`; Zhang et al. 2018.
 */
export function mixup({ data, count }: ImageStack, share: number): void {
  const size = data.length / count;
  const near = fround(share), far = fround(1 - share);
  for (let i = 0, j = count - 1; i <= j; i++, j--) {
    for (let k = 0; k < size; k++) {
      const a = data[i * size + k]!, b = data[j * size + k]!;
      data[i * size + k] = fround(near * a) + fround(far * b);
      data[j * size + k] = fround(near * b) + fround(far * a);
    }
  }
}
