import { fileURLToPath } from "node:url";
import { locateTensors, type SafetensorsHeader } from "./safetensors_header.ts";
import { openSource, type Source, sourceOfBytes } from "./source.ts";
import { readTensors, type Stored } from "./stored.ts";

/** The content of a safetensors file. */
export type Safetensors = {
  metadata: Record<string, string>;
  tensors: Record<string, Stored>;
};

/**
 * Reads the bytes of a safetensors file, strictly; see {@linkcode locateTensors}.
 *
 * @param name What to call the file in errors.
 * @throws {SyntaxError} If the bytes are truncated, damaged or no safetensors at all; it says
 * where.
 */
export function parseSafetensors(bytes: Uint8Array, name = "safetensors"): Safetensors {
  return load(sourceOfBytes(bytes, name));
}

/**
 * Reads a safetensors file.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If it is damaged; see {@linkcode locateTensors}.
 */
export async function readSafetensors(path: string | URL): Promise<Safetensors> {
  using source = openSource(path instanceof URL ? fileURLToPath(path) : path);
  return await load(source);
}

/**
 * The header of a safetensors file on disk, which is opened again for every tensor that is read.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If it is damaged; see {@linkcode locateTensors}.
 */
export function locateFile(path: string): SafetensorsHeader {
  using source = openSource(path);
  return locateTensors(source, (start, length) => {
    using again = openSource(path);
    if (again.size !== source.size) again.refuse("it has been changed since it was opened");
    return again.read(start, length);
  });
}

function load(source: Source): Safetensors {
  const { metadata, tensors } = locateTensors(source);
  return { metadata, tensors: readTensors(tensors) };
}
