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
import { PickledArray, readNumpyPickle } from "./numpy_pickle.ts";
import type { Sample } from "./sample.ts";

/** The images of a file of the Python version, a pickle. They stay in memory. */
export async function readPython(
  folder: string,
  file: string,
  levels: readonly Level[],
): Promise<CifarBatch> {
  const path = `${folder}/${file}`;
  const content = readMap(path);
  const data = content.get("data");
  if (!(data instanceof PickledArray) || data.bytes.length !== (data.shape[0] ?? 0) * BYTES) {
    throw damaged(path, `it holds no array "data" of ${BYTES} bytes an image`);
  }
  const columns = levels.map(({ labelsKey }) => {
    const labels = content.get(labelsKey);
    const count = Array.isArray(labels) ? labels.length : "no";
    if (Array.isArray(labels) && count === data.shape[0]) return labels;
    throw damaged(path, `it holds ${count} "${labelsKey}" for ${data.shape[0]} images`);
  });
  const samples = Array.from({ length: data.shape[0] ?? 0 }, (_, image): Sample => ({
    id: `${file}/${image}`,
    labels: labelsOf(columns.map((labels) => labels[image]), levels, { path, image }),
    read: () =>
      Promise.resolve(interleave(data.bytes.subarray(image * BYTES, (image + 1) * BYTES))),
  }));
  return { samples, identity: `${file} ${await sha256(await Deno.readFile(path))}` };
}

/** The names of the classes at each level, from the file in which they lie. */
export function pythonNames(
  path: string,
  levels: readonly Level[],
): Record<string, string[]> {
  const meta = readMap(path);
  return Object.fromEntries(levels.map((level) => {
    const names = meta.get(level.namesKey);
    return [level.name, namesFor(Array.isArray(names) ? names.map(String) : [], level)];
  }));
}

/** A file's dictionary. */
function readMap(path: string): Map<unknown, unknown> {
  try {
    const value = readNumpyPickle(path);
    if (value instanceof Map) return value;
  } catch (error) {
    if (error instanceof SyntaxError && error.message.startsWith("Cannot")) {
      throw new Error(`${error.message}; unpack the archive again`);
    }
    if (error instanceof Deno.errors.NotFound) throw error;
  }
  throw damaged(path, "it is no pickle of a dictionary with images or names");
}
