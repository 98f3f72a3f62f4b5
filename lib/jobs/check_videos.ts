import type { Video, VideoSet } from "../datasets/mod.ts";
import { escapeControls, type Image, type Mask } from "../images/mod.ts";

/** The label of void pixels. */
const VOID = 255;

/**
 * Refuses a video in whose first frame there is nothing to follow, before anything is followed.
 *
 * @throws {Error} If no object is marked in the first frame.
 * @throws {RangeError} If that is not of the size of its mask.
 */
export async function checkMarked({ videos }: VideoSet): Promise<void> {
  for (const video of videos) {
    const [first] = video.frames;
    const mask = await first?.mask?.();
    if (!mask?.data.some((label) => label !== 0)) {
      throw new Error(
        `Cannot follow objects in the video ${escapeControls(video.name)}: no object is marked ` +
          "in the first frame; mark some, or leave the video out",
      );
    }
    checkSize(await first!.read(), mask, { video, what: `frame ${first!.name}` });
  }
}

/**
 * The masks of a video with which those that are found are compared; `null` where a frame has none.
 *
 * @throws {RangeError} If one is not of the size of the first.
 */
export async function annotatedMasks(video: Video): Promise<(Mask | null)[]> {
  const masks: (Mask | null)[] = [];
  for (const { name, mask: read } of video.frames) {
    const mask = await read?.() ?? null;
    const [first = mask] = masks;
    if (mask && first) checkSize(mask, first, { video, what: `the mask of frame ${name}` });
    masks.push(mask);
  }
  return masks;
}

/**
 * The images of a video, each read when it is needed.
 *
 * @throws {RangeError} If one is not of the size of the first mask.
 */
export async function* sizedFrames(video: Video, first: Mask): AsyncGenerator<Image, void, void> {
  for (const { name, read } of video.frames) {
    const image = await read();
    checkSize(image, first, { video, what: `frame ${name}` });
    yield image;
  }
}

/**
 * What a user should know of objects that the first frame does not mark, though a later one by its
 * number is marked: they count as found, since nothing of them is missed. `null` if there are none.
 */
export function noteOnAbsent(name: string, { data }: Mask): string | null {
  const labels = new Set(data);
  const last = Math.max(...labels.difference(new Set([VOID])));
  const absent = Array.from({ length: last }, (_, i) => i + 1).filter((i) => !labels.has(i));
  if (!absent.length) return null;
  return `note: the first frame of ${escapeControls(name)} marks object ${last}, and ` +
    `${absent.length} of those before it not: they are scored as found`;
}

function checkSize(
  { width, height }: Pick<Mask, "width" | "height">,
  first: Mask,
  { video, what }: { video: Video; what: string },
): void {
  if (width === first.width && height === first.height) return;
  const [name, part] = [video.name, what].map(escapeControls);
  throw new RangeError(
    `Cannot follow objects in the video ${name}: ${part} has ${width} x ${height} pixels, and ` +
      `the mask of the first one ${first.width} x ${first.height}`,
  );
}
