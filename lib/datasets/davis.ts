import { decode, decodeMask, escapeControls, type Image, type Mask } from "../images/mod.ts";
import { isFolder } from "./is_folder.ts";
import { readFolder } from "./read_folder.ts";
import { withoutEnding, withoutSlash } from "./file_names.ts";

/** A frame of a video. */
export type VideoFrame = {
  /** The name of its file without the ending, such as `00000`. */
  name: string;
  read(): Promise<Image>;
  /** The labels of its pixels; `null` where there is no file of them. */
  mask: (() => Promise<Mask>) | null;
};

/** A video whose objects are marked, at least in its first frame. */
export type Video = { name: string; frames: VideoFrame[] };

/** A set of videos. */
export type VideoSet = { name: string; videos: Video[] };

/** Which videos of a set are opened. */
export type DavisOptions = {
  /** The name of a list in `ImageSets`; by default `val`, or all videos where there is no list. */
  part?: string;
};

/** The label of void pixels, and of the object in the binary masks of DAVIS-2016. */
const VOID = 255;

/**
 * Opens videos in the layout of DAVIS: `JPEGImages/480p/<video>/00000.jpg` and
 * `Annotations/480p/<video>/00000.png`, listed by `ImageSets/<year>/val.txt`. In the binary masks
 * of DAVIS-2016 the object is 255, as nothing else is marked: it becomes object 1.
 *
 * @throws {Error} If the folder has another layout, a list names no video, or a video that is
 * listed is not there.
 */
export async function openDavis(
  folder: string,
  { part }: DavisOptions = {},
): Promise<VideoSet> {
  const root = withoutSlash(folder);
  const images = await resolution(root, "JPEGImages");
  const masks = await resolution(root, "Annotations");
  const names = await listOf(root, part) ??
    (await isFolder(masks) ? (await readFolder(masks)).folders.toSorted() : []);
  const videos = await Promise.all(names.map(async (name): Promise<Video> => {
    const frames = await files(`${images}/${name}`), marked = await files(`${masks}/${name}`);
    if (
      !frames.length || !marked.length || withoutEnding(marked[0]!) !== withoutEnding(frames[0]!)
    ) {
      throw new Error(
        `Cannot follow objects in the video ${escapeControls(name)}: it has ${frames.length} ` +
          `frames and ${marked.length} masks, and its first frame needs both`,
      );
    }
    const byName = new Map(marked.map((file) => [withoutEnding(file), file]));
    return {
      name,
      frames: frames.map((file): VideoFrame => {
        const mask = byName.get(withoutEnding(file));
        return {
          name: withoutEnding(file),
          read: () => decode(`${images}/${name}/${file}`),
          mask: mask === undefined ? null : () => readMask(`${masks}/${name}/${mask}`),
        };
      }),
    };
  }));
  if (!videos.length) throw new Error(`Cannot find a video in ${escapeControls(masks)}`);
  return { name: root.slice(root.lastIndexOf("/") + 1), videos };
}

/** The folder of one resolution: 480p, or else the only one. */
async function resolution(root: string, part: string): Promise<string> {
  const folder = `${root}/${part}`;
  if (!await isFolder(folder)) {
    throw new Error(
      `Cannot read ${escapeControls(root)} in the layout of DAVIS: it has no ${part}; there must ` +
        "be JPEGImages/480p/<video>/*.jpg, and Annotations/480p/<video>/*.png",
    );
  }
  const { folders } = await readFolder(folder);
  const name = folders.includes("480p") || !folders.length ? "480p" : folders.toSorted()[0];
  return `${folder}/${name}`;
}

/** The names in a list of the newest year; `null` where there are no lists and none was named. */
async function listOf(root: string, part?: string): Promise<string[] | null> {
  const sets = `${root}/ImageSets`;
  const years = await readFolder(sets).then(({ folders }) => folders.toSorted(), () => []);
  for (const year of years.toReversed()) {
    const text = await Deno.readTextFile(`${sets}/${year}/${part ?? "val"}.txt`).catch(() => null);
    if (text === null) continue;
    const names = text.split("\n").map((line) => line.trim()).filter(Boolean);
    if (names.length) return names;
    const list = escapeControls(`${sets}/${year}/${part ?? "val"}.txt`);
    throw new Error(`Cannot follow objects: the list ${list} names no video`);
  }
  if (part === undefined) return null;
  throw new Error(
    `Cannot find the list ${escapeControls(part)}.txt in a folder of ${escapeControls(sets)}`,
  );
}

/** The names of the images in a folder; none where there is no folder. */
async function files(folder: string): Promise<string[]> {
  if (!await isFolder(folder)) return [];
  const { images } = await readFolder(folder);
  return images.map(({ name }) => name).sort();
}

async function readMask(path: string): Promise<Mask> {
  const mask = await decodeMask(await Deno.readFile(path)).catch((error) => {
    throw new TypeError(`Cannot read the mask ${escapeControls(path)}: ${error.message}`);
  });
  const binary = mask.data.every((label) => label === 0 || label === VOID);
  return binary ? { ...mask, data: mask.data.map((label) => label ? 1 : 0) } : mask;
}
