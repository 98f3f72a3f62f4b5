/** Where the metadata keeps the checksums. */
const key = "crc32";

/** The checksums of tensors by name. */
export type Checksums = Record<string, number>;

/**
 * Metadata with the checksum of the bytes of each tensor, CRC-32 in 8 hexadecimal digits: other
 * readers of safetensors pass over it.
 */
export function withChecksums(
  metadata: Record<string, string>,
  sums: Checksums,
): Record<string, string> {
  const digits = Object.entries(sums)
    .map(([name, sum]) => [name, sum.toString(16).padStart(8, "0")]);
  return digits.length
    ? { ...metadata, [key]: JSON.stringify(Object.fromEntries(digits)) }
    : metadata;
}

/** Metadata without the checksums, and these; a file of another program has none. */
export function splitChecksums(
  { [key]: text, ...metadata }: Record<string, string>,
): { metadata: Record<string, string>; sums: Checksums } {
  const digits: unknown = text === undefined ? {} : parseJson(text);
  const entries = Object.entries(digits ?? {})
    .map(([name, sum]) => [name, parseInt(String(sum), 16)] as const)
    .filter(([, sum]) => Number.isInteger(sum));
  return { metadata, sums: Object.fromEntries(entries) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
