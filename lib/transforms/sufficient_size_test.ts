import { assert, assertEquals } from "@std/assert";
import { decode, type Image } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import { datasetTest } from "../testing/datasets.ts";
import { makeViews } from "./make_views.ts";
import { locate, randomRegion } from "./random_resized_crop.ts";
import { sufficientSize } from "./sufficient_size.ts";
import type { ViewPlan } from "./view_plan.ts";

const view = {
  flip: 0.5,
  jitter: 0,
  jitterStrength: [0.4, 0.4, 0.2, 0.1],
  grayscale: 0,
  blur: 0,
  solarize: 0,
} as const;
const large = { ...view, scale: [0.25, 1] } as const,
  small = { ...view, scale: [0.05, 0.25] } as const;
const plan: ViewPlan = [
  { name: "large", size: 48, views: [large, large] },
  { name: "same", same: "large" },
  { name: "small", size: 16, views: [small, small] },
];

Deno.test("no crop of an image of sufficient size is smaller than its view", () => {
  const random = new Random("crops");
  const least = sufficientSize(plan);
  for (let i = 0; i < 2000; i++) {
    const width = random.integer(400) + least.shorterSide;
    const height = Math.max(least.shorterSide, Math.ceil(least.pixels / width));
    for (const [scale, side] of [[large.scale, 48], [small.scale, 16]] as const) {
      const region = randomRegion({ width, height }, scale, random);
      assert(Math.min(region.width, region.height) >= side);
    }
  }
});

Deno.test("a region of the original lies in the same place of a reduced image", () => {
  const image: Image = {
    width: 100,
    height: 75,
    data: new Uint8Array(),
    original: { width: 200, height: 150 },
  };
  const region = { left: 11, top: 40, width: 51, height: 110 };
  assertEquals(locate(region, image), {
    region: { left: 5, top: 20, width: 26, height: 55 },
    part: { left: 0.5, top: 0, width: 25.5, height: 55 },
  });
  assertEquals(locate(region, { ...image, original: undefined }), { region });
});

/** Mean difference of the bytes of two images. */
function difference(one: Image, other: Image): number {
  return one.data.reduce((sum, v, i) => sum + Math.abs(v - other.data[i]!), 0) / one.data.length;
}

const mean = (numbers: readonly number[]) =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

datasetTest("imagenet-samples", "views of reduced images differ by 1 of 255", async (folder) => {
  const strong = { share: 1, magnitude: 9, deviation: 0.5, erasing: 0 };
  const all: ViewPlan = [...plan, { name: "strong", size: 48, views: [large], strong }];
  const paths = [...Deno.readDirSync(folder)].map(({ name }) => `${folder}/${name}`)
    .filter((path) => /\.jpe?g$/i.test(path)).sort().slice(0, 12);
  const weak: number[] = [], strongly: number[] = [];
  for (const path of paths) {
    const whole = await decode(path);
    const image = await decode(path, { sufficient: sufficientSize(all) });
    if (!image.original) continue;
    const expected = makeViews(whole, all, new Random(path));
    const views = makeViews(image, all, new Random(path));
    for (
      const [name, differences] of [["large", weak], ["small", weak], ["strong", strongly]] as const
    ) {
      views[name]!.views.forEach((view, v) =>
        differences.push(difference(view, expected[name]!.views[v]!))
      );
    }
  }
  assert(weak.length > 20 && mean(weak) < 1 && Math.max(...weak) < 4, `${weak}`);
  // Sharpness and the edges of moved images depend on the size of pixels.
  assert(mean(strongly) < 5, `${strongly}`);
});
