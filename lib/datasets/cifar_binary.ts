import {
  BYTES,
  type CifarBatch,
  damaged,
  interleave,
  labelsOf,
  type Level,
  namesFor,
} from "./cifar_levels.ts";
import { sha256 } from "./fingerprint.ts";
import type { Sample } from "./sample.ts";
import { readSlice } from "./slice.ts";

/** The images of a file of the binary version, which are read from it when they are needed. */
export async function readBinary(
  folder: string,
  file: string,
  levels: readonly Level[],
): Promise<CifarBatch> {
  const path = `${folder}/${file}`;
  const bytes = await Deno.readFile(path);
  const stride = levels.length + BYTES;
  if (bytes.length === 0 || bytes.length % stride !== 0) {
    throw damaged(path, `its ${bytes.length} bytes are no whole number of images of ${stride}`);
  }
  const samples = Array.from({ length: bytes.length / stride }, (_, image): Sample => {
    const start = image * stride;
    const values = [...bytes.subarray(start, start + levels.length)];
    return {
      id: `${file}/${image}`,
      labels: labelsOf(values, levels, { path, image }),
      read: async () => interleave(await readSlice(path, start + levels.length, BYTES)),
    };
  });
  return { samples, identity: `${file} ${await sha256(bytes)}` };
}

/** The names of the classes at each level: a line each. */
export async function binaryNames(
  folder: string,
  levels: readonly Level[],
): Promise<Record<string, string[]>> {
  return Object.fromEntries(
    await Promise.all(levels.map(async (level) => {
      const text = await Deno.readTextFile(`${folder}/${level.namesFile}`).catch(() => "");
      const names = text.split("\n").map((line) => line.trim()).filter(Boolean);
      return [level.name, namesFor(names, level)];
    })),
  );
}
