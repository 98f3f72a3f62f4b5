import { assertEquals } from "@std/assert";
import type { Image } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import { flip } from "./flip.ts";
import { lazyImage } from "./lazy_image.ts";
import { type DrawnOperation, lazyOperations, operationLists } from "./rand_augment.ts";
import { randAugment } from "./rand_augment.ts";
import { randomErased } from "./random_erasing.ts";
import { randomResizedCrop } from "./random_resized_crop.ts";
import { strongView, type StrongViewOptions } from "./strong_view.ts";

const random = new Random("lazy");
const noise = (width: number, height: number): Image => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => random.integer(100) + i % 150),
});
const image = noise(23, 17);
const regions = [
  { left: 0, top: 0, width: 23, height: 17 },
  { left: 4, top: 3, width: 6, height: 9 },
  { left: 16, top: 0, width: 7, height: 1 },
];

for (const mirror of [false, true]) {
  Deno.test(`a part of ${mirror ? "a mirrored" : "an"} augmented image equals it there`, () => {
    const fill = [124, 116, 104] as const;
    const names = Object.keys(operationLists.increasing) as DrawnOperation["name"][];
    for (const [i, name] of names.entries()) {
      const sign = i % 2 ? 1 : -1, filter = i % 2 ? "bicubic" : "bilinear";
      for (const second of names) {
        const whole = { ...image, data: image.data.slice() };
        if (mirror) flip(whole);
        const pair = [name, second].map((name) => ({ name, magnitude: 8, sign, filter } as const));
        const expected = pair.reduce<Image>((image, { name, magnitude }) => {
          const { level, apply } = operationLists.increasing[name as "Invert"];
          return apply(image, level(magnitude, sign), { filter, fill }) ?? image;
        }, whole);
        const lazy = lazyOperations(lazyImage(image, { mirror }), pair);
        for (const region of regions) {
          assertEquals(lazy.part(region), cut(expected, region), `${name}, ${second}`);
        }
      }
    }
  });
}

Deno.test("strongView() equals flip, RandAugment and crop of the whole image", () => {
  const options: StrongViewOptions = {
    ...{ size: 8, scale: [0.1, 0.6], flip: 0.5, erasing: 0.5, magnitude: 9, deviation: 0.5 },
  };
  for (let seed = 0; seed < 200; seed++) {
    const random = new Random(seed);
    const whole = { ...image, data: image.data.slice() };
    if (random.chance(options.flip)) flip(whole);
    const view = randomResizedCrop(randAugment(whole, options, random), options, random);
    const erased = random.chance(options.erasing) ? randomErased(view, random) : null;
    const expected = erased ? { ...view, erased } : view;
    assertEquals(strongView(image, options, new Random(seed)), expected, `seed ${seed}`);
  }
});

function cut({ width: stride, data }: Image, region: (typeof regions)[number]): Image {
  const { left, top, width, height } = region;
  const rows = Array.from({ length: height }, (_, y) => {
    const from = ((top + y) * stride + left) * 3;
    return [...data.subarray(from, from + width * 3)];
  });
  return { width, height, data: Uint8Array.from(rows.flat()) };
}
