import { assert, assertEquals } from "@std/assert";
import { Random } from "../random/mod.ts";
import { chooseCorner, type LabeledImage, labeledView, type LabeledViewPlan } from "./mod.ts";

/** An image whose left half is black and of class 0, and whose right half is white and class 1. */
function halves(width: number, height: number): LabeledImage {
  const right = (i: number) => i % width >= width / 2;
  return {
    image: {
      ...{ width, height },
      data: Uint8Array.from(
        { length: width * height * 3 },
        (_, i) => right(Math.floor(i / 3)) ? 255 : 0,
      ),
    },
    mask: {
      ...{ width, height },
      data: Uint8Array.from({ length: width * height }, (_, i) => Number(right(i))),
    },
  };
}

const plan: LabeledViewPlan = {
  frame: [80, 20],
  ratios: [0.5, 2],
  crop: 16,
  largestShare: 0.75,
  flip: 0.5,
  photometric: false,
};

Deno.test("labels stay with their pixels, and what an image lacks is not learned from", () => {
  let padded = 0;
  for (let seed = 0; seed < 20; seed++) {
    const { image, mask } = labeledView(halves(40, 20), plan, new Random(seed));
    assertEquals([image.width, image.height, mask.width, mask.height], [16, 16, 16, 16]);
    for (const [i, label] of mask.data.entries()) {
      const byte = image.data[3 * i]!;
      if (label === 255) padded++;
      // Bytes in between stand at the border alone.
      else if (byte === 0 || byte === 255) assertEquals(byte === 255, label === 1);
    }
  }
  assert(padded > 0, "an image that became smaller than the crop is extended");
});

Deno.test("a view depends on its seed alone, and colors change without labels", () => {
  const view = (seed: number, photometric = false) =>
    labeledView(halves(40, 20), { ...plan, photometric }, new Random(seed));
  assertEquals(view(3), view(3));
  const masks = [1, 2, 3, 4, 5].map((seed) => view(seed).mask.data.join());
  assert(new Set(masks).size > 1);
  const seeds = Array.from({ length: 10 }, (_, seed) => seed);
  assertEquals(seeds.map((s) => view(s, true).mask), seeds.map((s) => view(s).mask));
  assert(seeds.some((s) => view(s, true).image.data.join() !== view(s).image.data.join()));
});

Deno.test("chooseCorner() takes the first crop of several classes, or the last one drawn", () => {
  const { mask } = halves(40, 20);
  const corners = [{ top: 0, left: 0 }, { top: 1, left: 13 }, { top: 2, left: 12 }];
  const rule = { crop: { width: 16, height: 16 }, largestShare: 0.75 };
  assertEquals(chooseCorner(mask, corners, rule), { top: 1, left: 13 });
  assertEquals(chooseCorner(mask, corners, { ...rule, largestShare: 0.5 }), corners[2]);
  assertEquals(chooseCorner(mask, corners, { ...rule, largestShare: 1 }), corners[0]);
  assertEquals(chooseCorner(mask, corners, { ...rule, redraws: 0 }), corners[0]);
});
