import { createHash } from "node:crypto";

/**
 * Raised when a stored run may differ from a new one of the same key. Since 2, a configuration
 * names its method, and data are identified by their content.
 */
export const keyVersion = 2;

/** All that decides what a run gives. */
export type Identity = {
  /** The configuration as it was requested, with its seed. */
  config: Record<string, unknown>;
  /** Minutes of training, where the number of steps was left to the clock. */
  minutes: number | null;
  /** Fingerprint of the data. */
  data: string;
  backend: string;
  /** Fingerprint of the weights that it begins with, or that are scored instead of training. */
  checkpoint: string | null;
  /** How the run is scored. */
  protocol: Record<string, unknown>;
};

/**
 * A name of 12 hexadecimal digits, equal for runs of equal identity and version, in whatever order
 * the fields stand.
 */
export async function keyOf(identity: Identity): Promise<string> {
  return (await digest(canonical({ formatVersion: keyVersion, ...identity }))).slice(0, 12);
}

/** SHA-256 in hexadecimal digits. */
export async function digest(content: string | Uint8Array): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as BufferSource));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** SHA-256 of a file in hexadecimal digits, read piece by piece. */
export async function digestFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  using file = await Deno.open(path);
  for await (const piece of file.readable) hash.update(piece);
  return hash.digest("hex");
}

/** JSON with the keys of every record in alphabetical order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a < b ? -1 : 1));
  });
}
