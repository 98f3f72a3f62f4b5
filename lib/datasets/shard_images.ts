import { extensions, HEAD_BYTES } from "../images/mod.ts";
import { readImage } from "./image_file.ts";
import { endingOf } from "./read_folder.ts";
import type { Shard } from "./shard_files.ts";
import { readSlice } from "./slice.ts";
import { isHidden, isSystemFile, isSystemFolder } from "./system_files.ts";
import { type Member, tarIndex } from "./tar_index.ts";
import type { ImageEntry } from "./to_dataset.ts";

/**
 * Names that tell the input of a sample from its other images, such as masks; the first is best.
 */
const inputNames = ["", "image", "img", "input", "rgb", "jpg", "photo"];

/** The contents of a shard. */
export type ShardImages = {
  /** Its path below the folder. */
  path: string;
  images: ImageEntry[];
  /** The class that the shard's name tells. */
  className: string | null;
  /** Paths of further images of samples, such as masks. */
  further: string[];
};

/**
 * The images of one shard, each with the class that a file of the same key tells: `key.cls`, or the
 * field `label`, `cls` or `class` in `key.json`. The last ending of a name tells its kind.
 *
 * @throws {Error} If the shard is damaged.
 */
export async function shardImages(
  folder: string,
  shard: Shard,
  { exif }: { exif: boolean },
): Promise<ShardImages> {
  const path = `${folder}/${shard.path}`;
  const isLabel = (name: string) => /\.(cls|json)$/i.test(name);
  const members = (await tarIndex(path, isLabel)).filter(({ name }) => isOfUser(name));
  const labels = labelsOf(members);
  const samples = Map.groupBy(
    members.filter(({ name }) => extensions.includes(endingOf(name))),
    ({ name }) => split(name).key,
  );
  const images: ImageEntry[] = [], further: string[] = [];
  for (const [key, candidates] of samples) {
    const inputs = inputsOf(candidates);
    for (const { name, offset, size } of candidates) {
      const id = `${shard.path}/${name}`;
      if (!inputs.has(name)) further.push(id);
      else {
        const file = { path, slice: { from: offset, length: size }, exif };
        images.push({
          id,
          size,
          label: labels.get(key)?.label ?? null,
          read: () => readImage(file),
          file,
          head: () => readSlice(path, offset, Math.min(size, HEAD_BYTES)),
        });
      }
    }
  }
  return { path: shard.path, images, className: shard.className, further };
}

/** Whether no part of a path is hidden or the system's. */
function isOfUser(path: string): boolean {
  const steps = path.split("/").filter((step) => step !== "" && step !== "." && step !== "..");
  return !steps.some(isHidden) && !steps.slice(0, -1).some(isSystemFolder) &&
    !isSystemFile(steps.at(-1) ?? "");
}

/** Of the images of one sample, the one that is its input; all of them where none is named so. */
function inputsOf(images: readonly Member[]): Set<string> {
  for (const inputName of inputNames) {
    const input = images.find(({ name }) => split(name).role === inputName);
    if (input) return new Set([input.name]);
  }
  return new Set(images.map(({ name }) => name));
}

type Label = { label: string; rank: number };

/** Labels by key; `key.cls` counts more than `key.NAME.cls`, and this more than JSON. */
function labelsOf(members: readonly Member[]): Map<string, Label> {
  const labels = new Map<string, Label>();
  for (const { name, content } of members) {
    if (!content) continue;
    const { key, role } = split(name), isJson = endingOf(name) === ".json";
    const text = new TextDecoder().decode(content);
    const label = isJson ? labelInJson(text) : text.trim();
    const rank = isJson ? 2 : role === "" ? 0 : 1;
    if (label !== null && rank < (labels.get(key)?.rank ?? 3)) labels.set(key, { label, rank });
  }
  return labels;
}

/**
 * The key of a name, which is all before the first point of its last part, and what lies between
 * that point and the ending, in small letters: the image's role in its sample.
 */
function split(name: string): { key: string; role: string } {
  const point = name.indexOf(".", name.lastIndexOf("/") + 1);
  if (point < 0) return { key: name, role: "" };
  const role = name.slice(point + 1, Math.max(point + 1, name.lastIndexOf(".")));
  return { key: name.slice(0, point), role: role.toLowerCase() };
}

function labelInJson(text: string): string | null {
  try {
    const { label, cls, class: name } = JSON.parse(text);
    const value = label ?? cls ?? name ?? null;
    return value === null ? null : String(value);
  } catch {
    return null; // data of another kind
  }
}
