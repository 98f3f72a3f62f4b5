import { replaceFile, writeAll } from "./replace_file.ts";

/**
 * Writes a matrix of float32 in NumPy's format, version 1.0, as `numpy.load` reads it; see
 * {@linkcode replaceFile}.
 *
 * Source: NumPy, numpy/lib/format.py.
 *
 * @param parts Its rows, one after the other, in as many pieces as there are.
 * @throws {TypeError} If the rows are not as many as the shape says.
 */
export async function writeNpy(
  path: string,
  shape: readonly [rows: number, columns: number],
  parts: readonly Float32Array[],
): Promise<void> {
  const count = parts.reduce((sum, { length }) => sum + length, 0);
  if (count !== shape[0] * shape[1]) {
    throw new TypeError(`Cannot write ${path}: ${count} values do not fill shape [${shape}]`);
  }
  await replaceFile(path, async (file) => {
    await writeAll(file, header(shape));
    for (const { buffer, byteOffset, byteLength } of parts) {
      await writeAll(file, new Uint8Array(buffer, byteOffset, byteLength));
    }
  });
}

/** The magic bytes, the version, and a dictionary padded so that the data lie at a multiple of 64. */
function header([rows, columns]: readonly [number, number]): Uint8Array {
  const start = 10; // bytes before the dictionary
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  const length = Math.ceil((start + text.length + 1) / 64) * 64 - start;
  const bytes = new TextEncoder().encode(`xNUMPY\x01\0\0\0${text.padEnd(length - 1)}\n`);
  bytes[0] = 0x93;
  new DataView(bytes.buffer).setUint16(8, length, true);
  return bytes;
}
