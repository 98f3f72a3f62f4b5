import { assertEquals, assertThrows } from "@std/assert";
import { Random } from "../random/mod.ts";
import { decodeGif } from "./gif.ts";

/** Red of a palette of 8 colors is its index plus 10, green and blue are 100 and 200. */
const palette = Array.from({ length: 8 }, (_, i) => [i + 10, 100, 200]).flat();
const word = (value: number) => [value & 255, value >> 8];

/** Codes of 4 bits for indices of 3: literal ones, with a clear code before every fourth. */
function packed(indices: number[]): number[] {
  const codes = [...indices.flatMap((index, i) => i % 4 === 0 ? [8, index] : [index]), 9, 0];
  const bytes = Array.from(
    { length: codes.length >> 1 },
    (_, i) => codes[2 * i]! | codes[2 * i + 1]! << 4,
  );
  return [3, bytes.length, ...bytes, 0];
}

type FrameOptions = { at?: [number, number]; local?: number[]; interlaced?: boolean };

function frame(
  [width, height]: [number, number],
  indices: number[],
  { at = [0, 0], local, interlaced = false }: FrameOptions = {},
): number[] {
  const flags = (local ? 0x82 : 0) | (interlaced ? 0x40 : 0);
  const place = [...at, width, height].flatMap(word);
  return [0x2c, ...place, flags, ...local ?? [], ...packed(indices)];
}

const transparent = (index: number) => [0x21, 0xf9, 4, 1, 0, 0, index, 0];
const comment = [0x21, 0xfe, 2, 0x2c, 0x3b, 0];

function gif([width, height]: [number, number], ...blocks: number[][]): Uint8Array {
  const header = [
    ...new TextEncoder().encode("GIF89a"),
    ...word(width),
    ...word(height),
    0x82,
    5,
    0,
  ];
  return Uint8Array.from([...header, ...palette, ...blocks.flat(), 0x3b]);
}

const reds = (bytes: Uint8Array) => [...decodeGif(bytes, 1e6).data].filter((_, i) => i % 3 === 0);

Deno.test("decodeGif() gives transparent pixels the color of their index", () => {
  assertEquals(reds(gif([3, 1], transparent(2), frame([3, 1], [1, 2, 7]))), [11, 12, 17]);
});

Deno.test("decodeGif() fills what the frame leaves with the transparent index, or with 0", () => {
  const small = frame([1, 1], [4], { at: [1, 0] });
  assertEquals(reds(gif([3, 1], transparent(6), small)), [16, 14, 16]);
  assertEquals(reds(gif([3, 1], small)), [10, 14, 10]);
});

Deno.test("decodeGif() enlarges the canvas to the frame", () => {
  const { width, height } = decodeGif(gif([2, 1], frame([2, 2], [1, 2, 3, 4], { at: [1, 0] })), 9);
  assertEquals([width, height], [3, 2]);
});

Deno.test("decodeGif() takes the frame's own palette, if it has one", () => {
  const local = palette.map((value) => value + 20);
  assertEquals(reds(gif([2, 1], frame([2, 1], [0, 7], { local }))), [30, 37]);
});

Deno.test("decodeGif() skips other blocks, and takes the first frame only", () => {
  const frames = [frame([2, 1], [1, 2]), transparent(3), frame([2, 1], [3, 4])];
  assertEquals(reds(gif([2, 1], comment, ...frames)), [11, 12]);
});

Deno.test("decodeGif() puts interlaced rows into their places", () => {
  for (const height of [1, 2, 3, 5, 9, 17]) {
    const rows = Array.from({ length: height }, (_, y) => y % 8);
    const order = [[0, 8], [4, 8], [2, 4], [1, 2]].flatMap(([first = 0, step = 1]) =>
      rows.keys().filter((y) => y >= first && (y - first) % step === 0).toArray()
    );
    const indices = order.map((y) => rows[y]!);
    const image = gif([1, height], frame([1, height], indices, { interlaced: true }));
    assertEquals(reds(image), rows.map((index) => index + 10), `${height} rows`);
  }
});

Deno.test("decodeGif() says what is wrong with a file", () => {
  const whole = gif([4, 1], frame([4, 1], [1, 2, 3, 4]));
  const refused = (bytes: Uint8Array, why: string, most = 1e6) =>
    assertThrows(() => decodeGif(bytes, most), Error, why);
  for (let length = 6; length < whole.length - 2; length++) {
    refused(whole.subarray(0, length), "it ends before its image is complete");
  }
  refused(gif([4, 1]), "it holds no image");
  refused(gif([4, 1], frame([0, 1], [])), "its first frame is empty");
  refused(gif([4, 1], frame([4, 1], [1, 2, 3])), "it ends before its image is complete");
  refused(gif([4, 1], frame([4, 1], [1, 15])), "its compression is damaged");
  refused(whole, "pixel limit", 3);
});

const native = Deno.permissions.querySync({ name: "ffi" }).state === "granted";

Deno.test({
  name: `decodeGif() unpacks what an encoder packs${native ? "" : " (needs ffi permission)"}`,
  ignore: !native,
  fn: async () => {
    const { default: sharp } = await import("sharp");
    const random = new Random("gif");
    for (const [width, height, run] of [[7, 5, 1], [100, 80, 1], [300, 200, 1], [300, 200, 40]]) {
      let color = 0;
      const data = Uint8Array.from({ length: width! * height! }, (_, i) => {
        if (i % run! === 0) color = 80 * random.integer(4);
        return color;
      });
      const raw = { width: width!, height: height!, channels: 1 as const };
      const bytes = await sharp(data, { raw }).gif({ dither: 0, effort: 1 }).toBuffer();
      // The encoder's palette is off by 1.
      const values = reds(new Uint8Array(bytes)).map((red) => 80 * Math.round(red / 80));
      assertEquals(values, [...data], `${width} x ${height}, runs of ${run}`);
    }
  },
});
