import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { switchBackend } from "../compile/mod.ts";
import { blank, type Image, type Mask } from "../images/mod.ts";
import { regionSimilarity } from "../metrics/mod.ts";
import { frameSize, type PlaceEncoder, trackObjects } from "./mod.ts";

/** Features of places are their mean colors. */
const colors: PlaceEncoder = {
  multiple: 8,
  patches: (images) => tf.avgPool(images, 8, 8, "valid"),
};

/** A red square that moves to the right on a blue ground, and its masks. */
const frames = Array.from({ length: 6 }, (_, frame): { image: Image; mask: Mask } => {
  const [width, height] = [128, 64];
  const image = blank(width, height);
  const data = Uint8Array.from({ length: width * height }, (_, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    const inside = y >= 16 && y < 48 && x >= 16 + 8 * frame && x < 48 + 8 * frame;
    image.data.set(inside ? [200, 20, 20] : [20, 20, 200], 3 * i);
    return inside ? 1 : 0;
  });
  return { image, mask: { width, height, data } };
});

const images = () => frames.map(({ image }) => Promise.resolve(image));

Deno.test("an object that moves is followed, and no tensor is left", async () => {
  await switchBackend("cpu");
  const before = tf.memory().numTensors;
  let count = 0;
  const { mask: first } = frames[0]!;
  for await (
    const { frame, mask } of trackObjects(images(), first, { encoder: colors, size: 64 })
  ) {
    assertEquals(frame, ++count);
    const { width, height } = frames[frame]!.mask;
    assertEquals([mask.width, mask.height], [width, height]);
    const J = regionSimilarity(frames[frame]!.mask, mask);
    assert(J > 0.9, `frame ${frame}: ${J}`);
  }
  assertEquals(count, frames.length - 1);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("leaving a video early leaves no tensor behind", async () => {
  await switchBackend("cpu");
  const before = tf.memory().numTensors;
  const { mask: first } = frames[0]!;
  for await (const _ of trackObjects(images(), first, { encoder: colors, size: 64 })) break;
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("the first frame alone is enough, and another size is refused", async () => {
  await switchBackend("cpu");
  const { mask: first } = frames[0]!;
  const options = { encoder: colors, size: 64, lastFrames: 0 };
  const tracked = await Array.fromAsync(trackObjects(images(), first, options));
  assertEquals(tracked.map(({ frame }) => frame), [1, 2, 3, 4, 5]);
  const smaller = [...images().slice(0, 2), Promise.resolve(blank(64, 64))];
  await assertRejects(
    () => Array.fromAsync(trackObjects(smaller, first, options)),
    RangeError,
    "frame 2 has 64 x 64 pixels, and the mask of the first one 128 x 64",
  );
});

Deno.test("an object that is lost between places is nowhere, and none at all is refused", async () => {
  await switchBackend("cpu");
  const { mask: { width, height } } = frames[0]!;
  const dot = new Uint8Array(width * height);
  for (const at of [0, 1, width, width + 1]) dot[at] = 1;
  const track = (data: Uint8Array) =>
    Array.fromAsync(trackObjects(images(), { width, height, data }, { encoder: colors, size: 64 }));
  const tracked = await track(dot);
  assertEquals(tracked.length, frames.length - 1);
  for (const { mask } of tracked) assert(mask.data.every((label) => label === 0));
  await assertRejects(
    () => track(dot.fill(0)),
    RangeError,
    "no object is marked in the first frame",
  );
});

Deno.test("frames are cut to multiples of 64 pixels, and stand upright as they are", () => {
  assertEquals(frameSize({ width: 854, height: 480 }), { width: 832, height: 480 });
  assertEquals(frameSize({ width: 480, height: 854 }), { width: 480, height: 832 });
  assertEquals(frameSize({ width: 100, height: 100 }), { width: 448, height: 480 });
  assertThrows(
    () => frameSize({ width: 40, height: 40 }, { size: 32 }),
    RangeError,
    "give 64 or more",
  );
  assertThrows(() => frameSize({ width: 9, height: 9 }, { multiple: 14 }), RangeError, "of 14");
});
