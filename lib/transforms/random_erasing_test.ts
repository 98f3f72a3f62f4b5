import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../random/mod.ts";
import {
  erase,
  erasedPixels,
  type ErasingNoise,
  imagenetDeviation,
  imagenetMean,
  randomErased,
} from "./mod.ts";

const size = { width: 224, height: 224 };

Deno.test("randomErased() draws uniform areas of 2 to 33 % and log-uniform aspects, inside", () => {
  const random = new Random("erased");
  const regions = Array.from({ length: 6000 }, () => randomErased(size, random)!.region);
  const areas = regions.map(({ width, height }) => width * height / 224 ** 2);
  const ratios = regions.map(({ width, height }) => Math.log(height / width));
  const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
  for (const { left, top, width, height } of regions) {
    assert(left >= 0 && top >= 0 && left + width <= 224 && top + height <= 224);
  }
  assert(Math.min(...areas) > 0.019 && Math.max(...areas) < 0.335);
  assert(Math.max(...ratios.map(Math.abs)) < Math.log(1 / 0.3) + 0.05);
  // Below a quarter of the area every aspect fits, so that none is drawn again.
  const fitting = areas.filter((area) => area < 0.25);
  assertAlmostEquals(mean(fitting), (0.02 + 0.25) / 2, 0.004);
  assertAlmostEquals(mean(ratios), 0, 0.04);
  const small = ratios.filter((_, i) => areas[i]! < 0.25);
  assertAlmostEquals(mean(small.map((r) => r * r)), Math.log(0.3) ** 2 / 3, 0.03); // uniform
});

Deno.test("randomErased() reaches every border, and never two opposite ones", () => {
  const random = new Random("borders");
  const regions = Array.from({ length: 4000 }, () => randomErased({ width: 9, height: 9 }, random))
    .filter((it) => it !== null).map(({ region }) => region);
  assert(regions.every(({ width, height }) => width < 9 && height < 9)); // never a whole side
  assert(regions.some(({ left }) => left === 0) && regions.some(({ top }) => top === 0));
  assert(regions.some(({ left, width }) => left + width === 9));
  assert(regions.some(({ top, height }) => top + height === 9));
});

Deno.test("randomErased() returns null for an image in which no part fits", () => {
  assertEquals(randomErased({ width: 1, height: 100 }, new Random(0)), null);
});

Deno.test("erase() puts noise into the input, or into the pixels that are normalized later", () => {
  const region = { left: 0, top: 0, width: 2, height: 1 };
  const erased = (noise: ErasingNoise) => {
    const input = new Float32Array(6);
    erase(input, erasedPixels({ region, seed: 3 }, { width: 2, noise }));
    return input;
  };
  const plain = erased("input"), pixels = erased("pixels");
  plain.forEach((value, i) => {
    const expected = (value - imagenetMean[i % 3]!) / imagenetDeviation[i % 3]!;
    assertAlmostEquals(pixels[i]!, expected, 1e-5);
  });
});

Deno.test("erase() puts normal noise into the region and nothing elsewhere", () => {
  const input = new Float32Array(2 * 50 * 40 * 3).fill(7);
  const region = { left: 10, top: 5, width: 30, height: 20 };
  erase(input, erasedPixels({ region, seed: 3 }, { width: 50, first: 50 * 40 }));
  const noise: number[] = [];
  input.forEach((value, i) => {
    const pixel = Math.floor(i / 3) - 50 * 40, x = pixel % 50, y = Math.floor(pixel / 50);
    if (pixel >= 0 && x >= 10 && x < 40 && y >= 5 && y < 25) noise.push(value);
    else assertEquals(value, 7);
  });
  assertEquals(new Set(noise).size, 30 * 20 * 3); // a value for every channel of every pixel
  const mean = noise.reduce((a, b) => a + b) / noise.length;
  assertAlmostEquals(mean, 0, 0.08);
  assertAlmostEquals(noise.reduce((a, b) => a + b * b, 0) / noise.length, 1, 0.1);
});
