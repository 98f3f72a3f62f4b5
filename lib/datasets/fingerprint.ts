/** 64 hexadecimal digits that are equal for equal lines: images by path and size, and options. */
export async function fingerprint(lines: readonly string[]): Promise<string> {
  return await sha256(new TextEncoder().encode(lines.join("\n")));
}

/** The SHA-256 digest of bytes, in hexadecimal digits. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
