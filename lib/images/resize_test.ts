import { Random } from "../random/mod.ts";
import { coefficients } from "./coefficients.ts";
import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import type { Image } from "./image.ts";
import { resize } from "./resize.ts";

const gray = (width: number, height: number, values: number[]): Image => ({
  width,
  height,
  data: Uint8Array.from(values.flatMap((v) => [v, v, v])),
});
const values = ({ data }: Image) => [...data].filter((_, i) => i % 3 === 0);

Deno.test("resize() to the same size changes nothing", () => {
  const image = gray(3, 2, [1, 50, 255, 0, 7, 99]);
  assertEquals(resize(image, { width: 3, height: 2 }), image);
});

Deno.test("resize() keeps an even color, whatever the size", () => {
  const image = gray(5, 4, Array(20).fill(137));
  for (const [width, height] of [[1, 1], [2, 9], [16, 3]] as const) {
    assertEquals(new Set(resize(image, { width, height }).data), new Set([137]));
  }
});

Deno.test("resize() antialiases when shrinking: stripes of one pixel become their mean", () => {
  const stripes = gray(64, 1, Array.from({ length: 64 }, (_, x) => x % 2 ? 200 : 100));
  const small = values(resize(stripes, { width: 8, height: 1 }, { filter: "bilinear" }));
  assertEquals(small.slice(1, -1), Array(6).fill(150));
});

Deno.test("resize() of a region gives the pixels outside it no influence", () => {
  const image = gray(4, 1, [255, 10, 10, 255]);
  const region = { left: 1, top: 0, width: 2, height: 1 };
  assertEquals(values(resize(image, { width: 4, height: 1 }, { region })), [10, 10, 10, 10]);
});

Deno.test("resize() mirrors the result on the way", () => {
  const image = gray(5, 1, [3, 80, 14, 200, 9]);
  const plain = values(resize(image, { width: 3, height: 1 }));
  const mirrored = values(resize(image, { width: 3, height: 1 }, { mirror: true }));
  assertEquals(mirrored, plain.reverse());
});

Deno.test("resize() filters columns first only as Pillow 13 and where the height shrinks", () => {
  const image = gray(5, 9, Array.from({ length: 45 }, (_, i) => i * i % 251));
  const region = { left: 1, top: 1, width: 3, height: 8 };
  const order = (first: { width: number; height: number }, size: typeof first) =>
    resize(resize(image, first, { region }), size);
  const flat = { width: 7, height: 3 }, tall = { width: 2, height: 11 };
  const [rows, columns] = [
    order({ width: 7, height: 8 }, flat),
    order({ width: 3, height: 3 }, flat),
  ];
  assertNotEquals(rows, columns);
  assertEquals(resize(image, flat, { region }), rows);
  assertEquals(resize(image, flat, { region, pillow: 13 }), columns);
  assertEquals(resize(image, tall, { region, pillow: 13 }), resize(image, tall, { region }));
});

/** Two passes in plain integers, a pixel at a time. */
function plain(image: Image, size: { width: number; height: number }): Image {
  const pass = (
    { width, height, data }: Image,
    to: number,
    place: (x: number, y: number) => number,
    turned: boolean,
  ): Uint8Array => {
    const [length, lines] = turned ? [height, width] : [width, height];
    const { starts, counts, weights, taps } = coefficients(length, to, "bicubic");
    const out = new Uint8ClampedArray(to * lines * 3);
    for (let line = 0; line < lines; line++) {
      for (let i = 0; i < to * 3; i++) {
        const x = Math.floor(i / 3), c = i % 3;
        let sum = 1 << 21;
        for (let k = 0; k < counts[x]!; k++) {
          const along = starts[x]! + k;
          const at = turned ? along * width + line : line * width + along;
          sum += weights[x * taps + k]! * data[at * 3 + c]!;
        }
        out[place(x, line) * 3 + c] = sum >> 22;
      }
    }
    return new Uint8Array(out);
  };
  const half = pass(image, size.width, (x, y) => y * size.width + x, false);
  const between = { width: size.width, height: image.height, data: half };
  return { ...size, data: pass(between, size.height, (y, x) => y * size.width + x, true) };
}

Deno.test("the kernels of resize() give what plain integers give, whatever the sizes", () => {
  const random = new Random("sizes");
  for (let i = 0; i < 40; i++) {
    const side = () => 1 + random.integer(i < 20 ? 12 : 90);
    const [width, height, to, down] = [side(), side(), side(), side()];
    const data = Uint8Array.from(
      { length: width * height * 3 },
      () => random.chance(0.5) ? 255 : 0,
    );
    const [image, size] = [{ width, height, data }, { width: to, height: down }];
    assertEquals(resize(image, size), plain(image, size), `${width}x${height} to ${to}x${down}`);
  }
});

Deno.test("resize() of an image that is larger than a strip is seamless", () => {
  const random = new Random("strips");
  const data = Uint8Array.from({ length: 3000 * 90 * 3 }, () => random.integer(256));
  const [image, size] = [{ width: 3000, height: 90, data }, { width: 20, height: 15 }];
  assertEquals(resize(image, size), plain(image, size));
});

Deno.test("resize() refuses an empty size", () => {
  assertThrows(
    () => resize(gray(1, 1, [0]), { width: 0, height: 1 }),
    RangeError,
    "Cannot resize 1x1 pixels to 0x1",
  );
});

Deno.test("resize() refuses a size that is no number, and a region beyond the image", () => {
  const image = gray(2, 2, [0, 0, 0, 0]), size = { width: 2, height: 2 };
  assertThrows(() => resize(image, { width: NaN, height: 2 }), RangeError, "to NaNx2");
  for (const [left, top] of [[1, 0], [0, 1], [-1, 0], [0, NaN], [0.5, 0]] as const) {
    const region = { left, top, width: 2, height: 2 };
    assertThrows(() => resize(image, size, { region }), RangeError, "do not lie within the 2 x 2");
  }
});
