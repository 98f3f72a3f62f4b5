import { createHash } from "node:crypto";

/** 64 hexadecimal digits that are equal for equal lines: images by path and size, and options. */
export function fingerprint(lines: Iterable<string>): Promise<string> {
  const hash = createHash("sha256");
  let separator = "";
  for (const line of lines) {
    hash.update(separator + line); // piece by piece, as there may be a million lines
    separator = "\n";
  }
  return Promise.resolve(hash.digest("hex"));
}

/** The SHA-256 digest of bytes, in hexadecimal digits. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
