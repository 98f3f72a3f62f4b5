import { assert, assertEquals } from "@std/assert";
import { Random } from "../random/mod.ts";
import type { Image } from "../images/mod.ts";
import { countViews, makeViews, type NewViews } from "./mod.ts";

const image: Image = {
  width: 30,
  height: 30,
  data: Uint8Array.from({ length: 30 * 30 * 3 }, (_, i) => 128 + 120 * Math.sin(i * i)),
};

const plain = {
  scale: [1, 1],
  flip: 0,
  jitter: 0,
  jitterStrength: [0, 0, 0, 0],
  grayscale: 0,
  blur: 0,
  solarize: 0,
} as const;

const group: NewViews = { name: "jigsaw", size: 4, views: [plain], jigsaw: { grid: 3, crop: 15 } };

Deno.test("a jigsaw's views are as many patches as it has cells, each of the group's size", () => {
  const { jigsaw } = makeViews(image, [group], new Random(3));
  assertEquals([jigsaw!.views.length, countViews(group)], [9, 9]);
  for (const { width, height, data } of jigsaw!.views) {
    assertEquals([width, height, data.length], [4, 4, 48]);
  }
});

Deno.test("the patches of a jigsaw come in an order that the seed draws", () => {
  const texts = (seed: number) =>
    makeViews(image, [group], new Random(seed)).jigsaw!.views.map(({ data }) => `${data}`);
  assertEquals(texts(1), texts(1));
  assert(new Set(texts(1)).size === 9);
  assert(String(texts(1)) !== String(texts(2)));
});

Deno.test("RandAugment changes a view that asks for it, by the seed alone", () => {
  const view = { ...plain, randAugment: { magnitude: 10, deviation: 0, repeat: true } };
  const data = (seed: number, views: NewViews["views"]) =>
    makeViews(image, [{ name: "a", size: 8, views }], new Random(seed)).a!.views[0]!.data;
  const seeds = Array.from({ length: 8 }, (_, seed) => seed);
  assertEquals(seeds.map((seed) => data(seed, [view])), seeds.map((seed) => data(seed, [view])));
  assert(seeds.some((seed) => String(data(seed, [view])) !== String(data(seed, [plain]))));
});
