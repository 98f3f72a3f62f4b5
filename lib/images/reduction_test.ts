import { assert, assertEquals } from "@std/assert";
import { datasetTest } from "../testing/datasets.ts";
import { permittedTest } from "../testing/permitted.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import type { Image } from "./image.ts";
import { reductionOf } from "./reduction.ts";
import { resize } from "./resize.ts";

const size = (width: number, height: number) => ({ width, height });

Deno.test("reductionOf() leaves at least the sufficient size", () => {
  const least = { shorterSide: 96, pixels: 20_000 };
  assertEquals(reductionOf(size(4000, 3000), least), 8);
  assertEquals(reductionOf(size(1200, 900), least), 4); // 300 x 225; 150 x 112 are too few
  assertEquals(reductionOf(size(192, 1000), least), 2); // 96 x 500
  assertEquals(reductionOf(size(191, 9000), least), 1); // 95 is too short
});

/** Soft waves with an edge, as JPEG. */
async function photo({ width, height }: { width: number; height: number }): Promise<Uint8Array> {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const wave = Math.sin(x / 30) * Math.cos(y / 25);
      const edge = x > width / 3 ? 40 : 0;
      for (let c = 0; c < 3; c++) data[at++] = Math.round(110 + 60 * wave + edge + 10 * c);
    }
  }
  const { default: sharp } = await import("sharp");
  return await sharp(data, { raw: { width, height, channels: 3 } }).jpeg({ quality: 95 })
    .toBuffer();
}

function difference(one: Image, other: Image): number {
  assertEquals([one.width, one.height], [other.width, other.height]);
  return one.data.reduce((sum, v, i) => sum + Math.abs(v - other.data[i]!), 0) / one.data.length;
}

permittedTest("decode() reduces a JPEG as if it were decoded and resized", ["ffi"], async () => {
  for (const full of [size(640, 480), size(643, 485), size(477, 655)]) {
    const bytes = await photo(full);
    const whole = await decode(bytes);
    for (const reduction of [2, 4, 8]) {
      const pixels = full.width * full.height / (reduction + 0.5) ** 2;
      const image = await decode(bytes, { sufficient: { shorterSide: 1, pixels } });
      const sides = size(
        Math.floor(full.width / reduction),
        Math.floor(full.height / reduction),
      );
      assertEquals(image.original, full);
      const mean = difference(image, resize(whole, sides));
      assert(mean < 2, `at 1/${reduction} they differ by ${mean}`);
    }
  }
}, { sanitize: false });

permittedTest(
  "decode() reduces nothing that is not larger, and no other format",
  ["ffi"],
  async () => {
    const bytes = await photo(size(60, 40));
    const image = await decode(bytes);
    const sufficient = { shorterSide: 21, pixels: 1 };
    assertEquals(await decode(bytes, { sufficient }), image);
    const png = await encode(image);
    assertEquals(await decode(png, { sufficient: { shorterSide: 1, pixels: 1 } }), image);
  },
  { sanitize: false },
);

datasetTest("odd-images", "inks and turned files are reduced, too", async (folder) => {
  const names = [5, 6, 7, 8].map((turn) => `exif_orientation_${turn}.jpg`);
  for (const name of ["cmyk.jpg", "gray.jpg", ...names]) {
    const whole = await decode(`${folder}/${name}`, { exif: true });
    const sufficient = { shorterSide: 1, pixels: whole.width * whole.height / 5 };
    const image = await decode(`${folder}/${name}`, { exif: true, sufficient });
    assertEquals(image.width, whole.width >> 1);
    assert(
      difference(image, resize(whole, { width: image.width, height: image.height })) < 1,
      name,
    );
  }
});

Deno.test("resize() takes a part of a region by fractions of pixels", () => {
  const ramp: Image = { width: 64, height: 48, data: new Uint8Array(64 * 48 * 3) };
  for (let i = 0; i < 64 * 48; i++) ramp.data.set([3 * (i % 64), 4 * (i >> 6), 7], 3 * i);
  const region = { left: 8, top: 6, width: 40, height: 30 };
  const part = { left: 4.5, top: 3.25, width: 32, height: 24 };
  const { data } = resize(ramp, size(16, 12), { region, part, filter: "bilinear" });
  for (let y = 2; y < 10; y++) {
    for (let x = 2; x < 14; x++) {
      const [red, green] = data.subarray((y * 16 + x) * 3);
      // The middle of a pixel of the result, in pixels of the image, whose middles lie at a half.
      const column = 8 + 4.5 + 2 * (x + 0.5) - 0.5, row = 6 + 3.25 + 2 * (y + 0.5) - 0.5;
      assert(Math.abs(red! - 3 * column) < 1.1 && Math.abs(green! - 4 * row) < 1.1);
    }
  }
  const mirrored = resize(ramp, size(16, 12), { region, part, mirror: true, filter: "bilinear" });
  assertEquals([...mirrored.data.subarray(0, 3)], [...data.subarray(45, 48)]);
});
