import { assertEquals, assertThrows } from "@std/assert";
import { blank, labelColors } from "../images/mod.ts";
import { markedFrames, overlay, scoresOverTime } from "./mod.ts";

const image = blank(4, 2);
/** The right half is object 1. */
const mask = { width: 4, height: 2, data: Uint8Array.of(0, 0, 1, 1, 0, 0, 1, 1) };

Deno.test("overlay() tints objects, draws a line around them, and leaves the background", () => {
  const { data } = overlay(image, mask);
  const pixel = (i: number) => [...data.slice(3 * i, 3 * i + 3)];
  const tint = labelColors[1]!.map((value, c) => Math.round(0.55 * value + 0.45 * image.data[c]!));
  assertEquals(pixel(0), [...image.data.slice(0, 3)]);
  assertEquals(pixel(1), [255, 255, 255]);
  assertEquals(pixel(3), tint);
  assertThrows(
    () => overlay(blank(2, 2), mask),
    RangeError,
    "the image has 2 x 2 pixels, and the labels are for 4 x 2",
  );
});

Deno.test("markedFrames() shows frames that are evenly spaced, the first and the last too", () => {
  const [images, masks] = [Array.from({ length: 9 }, () => image), Array(9).fill(mask)];
  const heads = (count: number) => {
    const { annotations } = markedFrames(images, { found: masks }, { count }).layout as {
      annotations: { text: string }[];
    };
    return annotations.map(({ text }) => text).filter((text) => text.startsWith("frame"));
  };
  assertEquals(heads(3), ["frame 0", "frame 4", "frame 8"]);
  assertEquals(heads(1), ["frame 0"]);
  assertEquals(heads(20).length, 9);
  assertThrows(() => markedFrames([], {}), RangeError, "a video: 0 frames given");
});

Deno.test("scoresOverTime() draws two lines an object, from the second frame on", () => {
  const scores = [1, 2].map((object) => ({ object, frames: { J: [0.5, 0.25], F: [1, 0] } }));
  const { data } = scoresOverTime(scores);
  const lines = data as unknown as { name: string; x: number[]; y: number[] }[];
  assertEquals(lines.map(({ name }) => name).slice(0, 2), ["object 1, J", "object 1, F"]);
  assertEquals(lines[0]!.x, [1, 2]);
  assertEquals(lines[0]!.y, [50, 25]);
  assertThrows(() => scoresOverTime([]), RangeError, "0 objects given");
});
