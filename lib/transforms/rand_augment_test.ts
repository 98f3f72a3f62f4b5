import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Image } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import { drawOperations, operationLists, randAugment, type RandAugmentOptions } from "./mod.ts";

const operations = operationLists.increasing;
const usual: RandAugmentOptions = { magnitude: 9, deviation: 0.5 };
const count = 8000;
const draws = (seed: string, options = usual) => {
  const random = new Random(seed);
  return Array.from({ length: count }, () => drawOperations(options, random));
};
const share = (times: number) => times / count;
const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;

Deno.test("drawOperations() does each of two operations with probability 0.5", () => {
  const lengths = draws("lengths").map(({ length }) => length);
  const times = (n: number) => share(lengths.filter((length) => length === n).length);
  assertAlmostEquals(times(0), 0.25, 0.02);
  assertAlmostEquals(times(1), 0.5, 0.02);
  assertAlmostEquals(times(2), 0.25, 0.02);
});

Deno.test("drawOperations() draws each of the 15 operations equally often, none twice", () => {
  const lists = draws("names");
  const names: string[] = lists.flat().map(({ name }) => name);
  assertEquals(Object.keys(operations).length, 15);
  for (const name of Object.keys(operations)) {
    assertAlmostEquals(names.filter((n) => n === name).length / names.length, 1 / 15, 0.012, name);
  }
  const pairs = lists.filter(({ length }) => length === 2);
  assertEquals(pairs.filter(([a, b]) => a?.name === b?.name), []);
});

Deno.test("drawOperations() may draw the same operation twice, as timm does", () => {
  const lists = draws("repeat", { magnitude: 9, deviation: 0.5, repeat: true });
  const pairs = lists.filter(({ length }) => length === 2);
  const twice = pairs.filter(([a, b]) => a?.name === b?.name).length / pairs.length;
  assertAlmostEquals(twice, 1 / 15, 0.025);
});

Deno.test("drawOperations() draws normal magnitudes and clips them to 0 to 10", () => {
  const magnitudes = draws("magnitudes").flat().map(({ magnitude }) => magnitude);
  assertAlmostEquals(mean(magnitudes), 9, 0.03);
  assertAlmostEquals(Math.sqrt(mean(magnitudes.map((m) => (m - 9) ** 2))), 0.5, 0.02);
  const most = magnitudes.filter((m) => m === 10).length / magnitudes.length;
  assertAlmostEquals(most, 0.0228, 0.008); // two deviations above the mean
  assert(magnitudes.every((m) => m <= 10));
  const wide = draws("wide", { magnitude: 1, deviation: 5 }).flat();
  assert(wide.some(({ magnitude }) => magnitude === 0));
  assert(wide.every(({ magnitude }) => magnitude >= 0));
});

Deno.test("drawOperations() draws signs and interpolations evenly and independently", () => {
  const all = draws("signs").flat();
  const both = all.filter(({ sign, filter }) => sign > 0 && filter === "bicubic");
  assertAlmostEquals(mean(all.map(({ sign }) => sign)), 0, 0.04);
  assertAlmostEquals(both.length / all.length, 0.25, 0.02);
});

Deno.test("operations do more the greater their magnitude is", () => {
  const names = ["Rotate", "ShearX", "ShearY", "TranslateXRel", "TranslateYRel"] as const;
  for (const name of names) {
    const at = (magnitude: number) => Math.abs(operations[name].level(magnitude, -1));
    assert(at(0) === 0 && at(9) > at(4), name);
  }
  const { PosterizeIncreasing, SolarizeIncreasing, SolarizeAdd, ColorIncreasing } = operations;
  assertEquals([0, 4.3, 9, 10].map((m) => PosterizeIncreasing.level(m, 1)), [4, 3, 1, 0]);
  assertEquals([0, 4.3, 9, 10].map((m) => SolarizeIncreasing.level(m, 1)), [256, 146, 26, 0]);
  assertEquals([0, 4.3, 9, 10].map((m) => SolarizeAdd.level(m, 1)), [0, 47, 99, 110]);
  assertAlmostEquals(ColorIncreasing.level(10, -1), 0.1, 1e-12);
});

Deno.test("an image that is moved is filled with ImageNet's mean color", () => {
  const black = { width: 10, height: 4, data: new Uint8Array(120) };
  const random = new Random("fill");
  const colors = new Set<string>();
  for (let i = 0; i < 300; i++) {
    const copy: Image = { ...black, data: black.data.slice() };
    const { data } = randAugment(copy, { magnitude: 10, deviation: 0 }, random);
    for (let k = 0; k < data.length; k += 3) colors.add(data.slice(k, k + 3).join());
  }
  assert(colors.has("124,116,104"), [...colors].join(" "));
});
