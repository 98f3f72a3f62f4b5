/** What pixels a file of {@linkcode tiffFile} holds. */
export type TiffPixels = {
  /** Numbers of a pixel. */
  channels: number;
  /** The photometric interpretation: 0 or 1 for gray, 5 for inks, 6 for luma and differences. */
  kind: number;
  bits?: 8 | 16;
  /** Whether numbers may be below 0. */
  signed?: boolean;
};

/** A TIFF file of one row of pixels that are not compressed. */
export function tiffFile(
  values: readonly number[],
  { channels, kind, bits = 8, signed = false }: TiffPixels,
): Uint8Array<ArrayBuffer> {
  const pixels = bits === 8
    ? Uint8Array.from(values)
    : new Uint8Array(Uint16Array.from(values).buffer); // of any sign
  const tags: [tag: number, value: number][] = [
    [256, values.length / channels], // width
    [257, 1], // height
    [258, bits], // bits a sample
    [259, 1], // not compressed
    [262, kind],
    [273, 8], // where the pixels begin
    [277, channels], // samples a pixel
    [279, pixels.length],
    [339, signed ? 2 : 1], // format of a sample
    [530, 1], // not subsampled: a value for both directions in its two halves
  ];
  const bytes = new Uint8Array(8 + pixels.length + 2 + 12 * tags.length + 4);
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0]);
  view.setUint32(4, 8 + pixels.length, true);
  bytes.set(pixels, 8);
  view.setUint16(8 + pixels.length, tags.length, true);
  tags.forEach(([tag, value], i) => {
    const at = 10 + pixels.length + 12 * i;
    const pair = tag === 530;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, pair ? 3 : 4, true); // of 16 or 32 bits
    view.setUint32(at + 4, pair ? 2 : 1, true);
    view.setUint32(at + 8, pair ? value | value << 16 : value, true);
  });
  return bytes;
}
