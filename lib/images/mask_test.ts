import { assertEquals, assertRejects } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { decodeMask, encodeMask, labelColors } from "./mod.ts";

const mask = { width: 7, height: 3, data: Uint8Array.from({ length: 21 }, (_, i) => i * 12) };

permittedTest("labels come back from a file as they were written, and show in their colors", [
  "ffi",
  "read",
  "env",
], async () => {
  const { default: sharp } = await import("sharp");
  const file = await encodeMask(mask);
  assertEquals(await decodeMask(file), mask);
  const { data } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  assertEquals([...data], [...mask.data].flatMap((label) => [...labelColors[label]!]));
});

Deno.test("the first labels have the colors of PASCAL VOC", () => {
  assertEquals(labelColors.slice(0, 5), [
    [0, 0, 0],
    [128, 0, 0],
    [0, 128, 0],
    [128, 128, 0],
    [0, 0, 128],
  ]);
  assertEquals(labelColors[255], [224, 224, 192]);
});

for (const colors of [2, 4, 16]) {
  permittedTest(`a palette of ${colors} colors is read, whose pixels take less than a byte`, [
    "ffi",
    "read",
    "env",
  ], async () => {
    const { default: sharp } = await import("sharp");
    const labels = Uint8Array.from({ length: 21 }, (_, i) => i % colors);
    const rgb = Uint8Array.from([...labels].flatMap((label) => Array(3).fill(label * 15)));
    const raw = { raw: { width: 7, height: 3, channels: 3 as const } };
    const file = await sharp(rgb, raw).png({ palette: true, colors, dither: 0 }).toBuffer();
    const { data } = await decodeMask(new Uint8Array(file));
    // Which index a color has is the writer's affair: equal colors have equal ones.
    const names = [...new Set(data)];
    assertEquals([...data].map((i) => names.indexOf(i)), [...labels]);
  });
}

permittedTest(
  "gray values are labels, and colors are refused",
  ["ffi", "read", "env"],
  async () => {
    const { default: sharp } = await import("sharp");
    const raw = { raw: { width: 7, height: 3, channels: 1 as const } };
    const gray = await sharp(mask.data, raw).toColorspace("b-w").png().toBuffer();
    assertEquals(await decodeMask(new Uint8Array(gray)), mask);
    const color = await sharp({
      create: { width: 2, height: 2, channels: 3, background: "red" },
    }).png().toBuffer();
    await assertRejects(() => decodeMask(new Uint8Array(color)), TypeError, "3 channels of 8 bits");
    await assertRejects(() => decodeMask(gray.subarray(0, 40)), TypeError, "Cannot read labels");
    await assertRejects(() => decodeMask(new Uint8Array(9)), TypeError, "Cannot read labels");
  },
);
