import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { granuleVideos } from "./granule_videos.ts";

const options = { size: 48, videos: 4, frames: 6 };
const { videos } = granuleVideos(options);

Deno.test("granuleVideos() mark all objects in the first frame, and the same ones later", async () => {
  for (const { frames } of videos) {
    const masks = await Promise.all(frames.map(({ mask }) => mask!()));
    const labels = masks.map(({ data }) => [...new Set(data)].filter((label) => label > 0));
    const count = labels[0]!.length;
    assert(count === 2 || count === 3);
    assertEquals(labels[0]!.toSorted(), Array.from({ length: count }, (_, i) => i + 1));
    assert(labels.flat().every((label) => label <= count));
  }
});

Deno.test("granuleVideos() move, and only a little from one frame to the next", async () => {
  const masks = await Promise.all(videos[0]!.frames.map(({ mask }) => mask!()));
  const moved = (a: number, b: number) =>
    masks[a]!.data.filter((label, i) => label !== masks[b]!.data[i]).length;
  assert(moved(0, 5) > 0);
  for (let i = 1; i < masks.length; i++) assert(moved(i - 1, i) < 0.15 * 48 * 48);
});

Deno.test("granuleVideos() are equal for equal seeds, whatever is read before", async () => {
  const read = (seed: number, frame: number) =>
    granuleVideos({ ...options, seed }).videos[1]!.frames[frame]!.read();
  assertEquals(await read(0, 3), await videos[1]!.frames[3]!.read());
  assertNotEquals(await read(1, 3), await read(0, 3));
  assertNotEquals(await read(0, 3), await read(0, 4));
});

Deno.test("granuleVideos() that cannot be drawn are refused", () => {
  assertThrows(
    () => granuleVideos({ frames: 1 }),
    RangeError,
    "`frames` takes an integer from 2 to 10000, not 1",
  );
});
