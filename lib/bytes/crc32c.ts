/** The remainders of all bytes, for the polynomial of Castagnoli with its bits reversed. */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 1 ? remainder >>> 1 ^ 0x82f63b78 : remainder >>> 1;
  }
  return remainder;
});

/** The checksum CRC-32C of bytes (RFC 3720, appendix B.4). */
export function crc32c(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = sum >>> 8 ^ remainders[(sum ^ byte) & 0xff]!;
  return ~sum >>> 0;
}

/**
 * A checksum as LevelDB and TensorFlow store it beside its bytes: rotated by 15 bits and shifted by
 * a constant, so that checksums of bytes that hold checksums stay of use.
 */
export function maskedCrc32c(bytes: Uint8Array): number {
  const sum = crc32c(bytes);
  return (sum >>> 15 | sum << 17) + 0xa282ead8 >>> 0;
}
