import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../random/mod.ts";
import { deviation, erase, mean, randomErased } from "./mod.ts";

const size = { width: 224, height: 224 };

Deno.test("randomErased() draws areas evenly from 2 to 33 % and log-uniform aspects, inside the image", () => {
  const random = new Random("erased");
  const drawn = Array.from({ length: 6000 }, () => randomErased(size, random)!.region);
  const areas = drawn.map(({ width, height }) => width * height / 224 ** 2);
  const ratios = drawn.map(({ width, height }) => Math.log(height / width));
  const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
  for (const { left, top, width, height } of drawn) {
    assert(left >= 0 && top >= 0 && left + width <= 224 && top + height <= 224);
  }
  assert(Math.min(...areas) > 0.019 && Math.max(...areas) < 0.335);
  assert(Math.max(...ratios.map(Math.abs)) < Math.log(1 / 0.3) + 0.05);
  // Below a quarter of the area every aspect fits, so that none is drawn again.
  const fitting = areas.filter((area) => area < 0.25);
  assertAlmostEquals(mean(fitting), (0.02 + 0.25) / 2, 0.004);
  assertAlmostEquals(mean(ratios), 0, 0.04);
  const small = ratios.filter((_, i) => areas[i] < 0.25);
  assertAlmostEquals(mean(small.map((r) => r * r)), Math.log(0.3) ** 2 / 3, 0.03); // uniform
});

Deno.test("randomErased() reaches every border, and never two opposite ones", () => {
  const random = new Random("borders");
  const drawn = Array.from({ length: 4000 }, () => randomErased({ width: 9, height: 9 }, random))
    .filter((it) => it !== null).map(({ region }) => region);
  assert(drawn.every(({ width, height }) => width < 9 && height < 9)); // nor all of a side
  assert(drawn.some(({ left }) => left === 0) && drawn.some(({ top }) => top === 0));
  assert(drawn.some(({ left, width }) => left + width === 9));
  assert(drawn.some(({ top, height }) => top + height === 9));
});

Deno.test("randomErased() gives up on an image in which no part fits", () => {
  assertEquals(randomErased({ width: 1, height: 100 }, new Random(0)), null);
});

Deno.test("erase() puts noise into the network's input, or into the pixels before they are normalized", () => {
  const region = { left: 0, top: 0, width: 2, height: 1 };
  const [plain, pixels] = (["input", "pixels"] as const).map((noise) => {
    const input = new Float32Array(6);
    erase(input, { region, seed: 3 }, { width: 2, noise });
    return input;
  });
  plain.forEach((value, i) => {
    assertAlmostEquals(pixels[i], (value - mean[i % 3]) / deviation[i % 3], 1e-5);
  });
});

Deno.test("erase() puts normal noise into the region and nothing elsewhere", () => {
  const input = new Float32Array(2 * 50 * 40 * 3).fill(7);
  const region = { left: 10, top: 5, width: 30, height: 20 };
  erase(input, { region, seed: 3 }, { width: 50, offset: 50 * 40 * 3 });
  const noise: number[] = [];
  input.forEach((value, i) => {
    const pixel = Math.floor(i / 3) - 50 * 40, x = pixel % 50, y = Math.floor(pixel / 50);
    if (pixel >= 0 && x >= 10 && x < 40 && y >= 5 && y < 25) noise.push(value);
    else assertEquals(value, 7);
  });
  assertEquals(new Set(noise).size, 30 * 20 * 3); // every channel of every pixel for itself
  const mean = noise.reduce((a, b) => a + b) / noise.length;
  assertAlmostEquals(mean, 0, 0.08);
  assertAlmostEquals(noise.reduce((a, b) => a + b * b, 0) / noise.length, 1, 0.1);
});
