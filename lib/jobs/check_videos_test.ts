import { assertEquals, assertRejects } from "@std/assert";
import type { Video } from "../datasets/mod.ts";
import { blank, type Mask } from "../images/mod.ts";
import { annotatedMasks, checkMarked, noteOnAbsent, sizedFrames } from "./check_videos.ts";

function mask(label: number, side = 4): Mask {
  return { width: side, height: side, data: new Uint8Array(side * side).fill(label, 2) };
}

/** A video whose frames have these sides and masks. */
function video(frames: [side: number, mask: Mask | null][]): Video {
  return {
    name: "a",
    frames: frames.map(([side, mask], i) => ({
      name: `0000${i}`,
      read: () => Promise.resolve(blank(side, side)),
      mask: mask && (() => Promise.resolve(mask)),
    })),
  };
}

Deno.test("a frame or a mask of another size is named, with its video", async () => {
  const set = (...frames: Parameters<typeof video>[0]) => ({ name: "", videos: [video(frames)] });
  await checkMarked(set([4, mask(1)]));
  await assertRejects(() => checkMarked(set([4, mask(0)])), Error, "no object is marked");
  await assertRejects(
    () => checkMarked(set([5, mask(1)])),
    RangeError,
    "in the video a: frame 00000 has 5 x 5 pixels, and the mask of the first one 4 x 4",
  );
  const masks = annotatedMasks(video([[4, mask(1)], [4, null], [4, mask(0)]]));
  assertEquals(await masks, [mask(1), null, mask(0)]);
  await assertRejects(
    () => annotatedMasks(video([[4, mask(1)], [4, null], [4, mask(1, 3)]])),
    RangeError,
    "the mask of frame 00002 has 3 x 3 pixels",
  );
  const frames = sizedFrames(video([[4, mask(1)], [3, null]]), mask(1));
  await assertRejects(() => Array.fromAsync(frames), RangeError, "frame 00001 has 3 x 3 pixels");
});

Deno.test("objects that the first frame does not mark are noted", () => {
  assertEquals(noteOnAbsent("a", mask(1)), null);
  assertEquals(
    noteOnAbsent("a", { ...mask(3), data: Uint8Array.of(0, 3, 1, 255) }),
    "note: the first frame of a marks object 3, and 1 of those before it not: they are scored as found",
  );
});
