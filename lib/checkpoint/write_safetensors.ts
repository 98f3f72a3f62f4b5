import { crc32 } from "node:zlib";
import { withChecksums } from "./checksums.ts";
import { byteWidth, encodeValues } from "./dtype.ts";
import { replaceFile, writeAll } from "./replace_file.ts";
import { type Pending, sizeOf, type Stored } from "./stored.ts";

/**
 * Writes a safetensors file; see {@linkcode replaceFile}. Tensors keep their order, wider element
 * types first, so that all lie aligned; those that are to be read are read one at a time. The
 * metadata tells the checksum of each (see {@linkcode withChecksums}), so the header is written
 * once more at the end.
 *
 * @throws {TypeError} If values do not fit their element type or shape.
 */
export async function writeSafetensors(
  path: string,
  tensors: Record<string, Stored | Pending>,
  metadata: Record<string, string> = {},
): Promise<void> {
  const ordered = Object.entries(tensors)
    .sort(([, a], [, b]) => byteWidth(b.dtype) - byteWidth(a.dtype));
  const sums = Object.fromEntries(ordered.map(([name]) => [name, 0]));
  await replaceFile(path, async (file) => {
    await writeAll(file, prefix(ordered, withChecksums(metadata, sums)));
    for (const [name, tensor] of ordered) {
      const bytes = await bytesOf(name, tensor);
      sums[name] = crc32(bytes);
      await writeAll(file, bytes);
    }
    await file.seek(0, Deno.SeekMode.Start);
    await writeAll(file, prefix(ordered, withChecksums(metadata, sums)));
  });
}

async function bytesOf(name: string, tensor: Stored | Pending): Promise<Uint8Array> {
  const data = "data" in tensor ? tensor.data : await tensor.read();
  if (data.length === sizeOf(tensor.shape)) return encodeValues(tensor.dtype, data);
  throw new TypeError(
    `Cannot write "${name}": ${data.length} values do not fill shape [${tensor.shape}]`,
  );
}

/** Length and text of the header, padded by spaces so that the data begin at a multiple of 8. */
function prefix(
  tensors: [name: string, Stored | Pending][],
  metadata: Record<string, string>,
): Uint8Array {
  let start = 0;
  const header: Record<string, unknown> = { __metadata__: metadata };
  for (const [name, { dtype, shape }] of tensors) {
    const length = sizeOf(shape) * byteWidth(dtype);
    header[name] = { dtype, shape, data_offsets: [start, start += length] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + length).fill(0x20, 8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  return bytes;
}
