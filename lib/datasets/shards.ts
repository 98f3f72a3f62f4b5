import { basename, resolve } from "node:path";
import { decode, extensions, HEAD_BYTES } from "../images/mod.ts";
import { fingerprint, stateOf } from "./fingerprint.ts";
import type { FolderOptions } from "./image_folder.ts";
import type { Dataset, Sample } from "./sample.ts";
import { readSlice } from "./slice.ts";
import { split } from "./splits.ts";
import { tarIndex } from "./tar_index.ts";

/** An image in a shard and its class. */
type Entry = { id: string; path: string; offset: number; size: number; label: string | null };

/** What an image belongs to. */
type Part = "train" | "val" | "test";

/**
 * Tar shards in the layout of WebDataset: files of one key (all before the first point of a name)
 * belong together, an image (`key.jpg`, ...) and its class (`key.cls`, or the field `label`, `cls`
 * or `class` in `key.json`). Shards lie in `train/`, `val/`, `test/`, or have one of these words in
 * their names; without, a part of every class is held out. An archive that lies beside folders is
 * no shard: what was packed in it may lie there unpacked.
 *
 * The headers are read once, here; an image is read from its place in the shard when it is needed.
 *
 * @returns `null` if no shard lies there.
 * @throws {Error} If a shard is damaged, or some images have a class and others none.
 */
export async function shards(
  folder: string,
  { seed = 0, testPart = 0.2, exif = false }: FolderOptions = {},
): Promise<Dataset | null> {
  const found = await list(folder);
  if (found.length === 0) return null;
  const other = (["val", "test"] as const).find((name) => found.some(({ part }) => part === name));
  const entries = async (part: Part | undefined) => {
    const own = found.filter((shard) => shard.part === part);
    return (await Promise.all(own.map(({ path }) => images(folder, path)))).flat();
  };
  const [train, test] = [await entries("train"), await entries(other)];
  if (train.length === 0) {
    throw new Error(
      `Cannot learn from ${folder}: no shard for training holds an image, among ${found.length}, ` +
        `e.g. ${found[0].path}`,
    );
  }
  const all = [...train, ...other ? test : []];
  const bare = all.find(({ label }) => label === null);
  const labelled = train[0].label !== null;
  if (labelled && bare) {
    throw new Error(`Cannot tell the class of ${bare.id}: others have a .cls or .json beside them`);
  }
  const names = labelled ? sorted(new Set(train.map(({ label }) => label!))) : [];
  const index = new Map(names.map((name, i) => [name, i]));
  const foreign = other && test.find(({ label }) => labelled && !index.has(label!));
  if (foreign) {
    throw new Error(
      `Cannot score on ${folder}: the class "${foreign.label}" of ${foreign.id} is not among the ` +
        `${names.length} to learn from; add it to these`,
    );
  }
  const toSample = ({ id, path, offset, size, label }: Entry): Sample => ({
    id,
    labels: labelled ? { class: index.get(label!)! } : {},
    read: async () => decode(await readSlice(path, offset, size), { exif }),
    head: () => readSlice(path, offset, Math.min(size, HEAD_BYTES)),
  });
  const samples = train.map(toSample);
  const [learn, held] = labelled && !other
    ? split(samples, { level: "class", part: testPart, seed })
    : [samples, labelled && other ? test.map(toSample) : []];
  const states = await Promise.all(found.map(({ path }) => stateOf(folder, path)));
  const marks = [...other ? [] : [`split ${testPart} ${seed}`], ...exif ? ["exif"] : []];
  return {
    name: basename(resolve(folder)),
    train: learn,
    test: held,
    classes: labelled ? { class: names } : {},
    fingerprint: await fingerprint([...states, ...marks]),
    notes: [],
  };
}

/** The shards of a folder and the part to which each belongs. */
async function list(folder: string): Promise<{ path: string; part: Part }[]> {
  const found: { path: string; part: Part }[] = [];
  for (const inner of ["", "train/", "val/", "test/"] as const) {
    const entries = await Array.fromAsync(Deno.readDir(`${folder}/${inner}`)).catch(() => []);
    if (entries.some(({ name, isDirectory }) => isDirectory && !name.startsWith("."))) continue;
    for (const { name } of entries) {
      if (name.startsWith(".") || !name.endsWith(".tar")) continue;
      const word = name.match(/(?<![a-z])(train|val|test)(ing|idation)?(?![a-z])/i)?.[1] ?? "train";
      const part = inner ? inner.slice(0, -1) : word.toLowerCase();
      found.push({ path: inner + name, part: part as Part });
    }
  }
  return found.sort((a, b) => a.path < b.path ? -1 : 1);
}

/** The images of one shard. */
async function images(folder: string, shard: string): Promise<Entry[]> {
  const path = `${folder}/${shard}`;
  const members = await tarIndex(path, (name) => /\.(cls|json)$/.test(name));
  const labels = new Map<string, string>();
  for (const { name, content } of members) {
    const [key, ending] = parts(name);
    const label = content && labelOf(ending, new TextDecoder().decode(content));
    if (label !== undefined && (ending === ".cls" || !labels.has(key))) labels.set(key, label);
  }
  return members.filter(({ name }) => extensions.includes(parts(name)[1].toLowerCase()))
    .map(({ name, offset, size }) => ({
      id: `${shard}/${name}`,
      path,
      offset,
      size,
      label: labels.get(parts(name)[0]) ?? null,
    }));
}

/** A name's key, which is all before the first point of its last part, and its ending. */
function parts(name: string): [key: string, ending: string] {
  const at = name.indexOf(".", name.lastIndexOf("/") + 1);
  return at < 0 ? [name, ""] : [name.slice(0, at), name.slice(at)];
}

function labelOf(ending: string, text: string): string | undefined {
  if (ending !== ".json") return ending === ".cls" ? text.trim() : undefined;
  try {
    const { label, cls, class: name } = JSON.parse(text);
    const found = label ?? cls ?? name;
    return found === undefined || found === null ? undefined : String(found);
  } catch {
    return undefined; // data of another kind
  }
}

/** Numbers by their size, other names by their letters. */
function sorted(names: Set<string>): string[] {
  const numbers = [...names].every((name) => /^\d+$/.test(name));
  return numbers ? [...names].sort((a, b) => Number(a) - Number(b)) : [...names].sort();
}
