import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../random/mod.ts";
import { type Golden, golden } from "../testing/goldens.ts";
import { cutmix, cutRegion, mixBatch, mixedTargets, mixup, shareLeft } from "./mod.ts";

/** Images of a golden set, `[count, 3, height, width]`, with channels last. */
function input(g: Golden, name: string) {
  const [count, , height, width] = g.shape(name) as [number, number, number, number];
  const data = Float32Array.from(g.tensor(name).transpose([0, 2, 3, 1]).dataSync());
  return { data, count, height, width };
}

/** Images with channels first, as the golden set has them. */
function channelsFirst({ data, count, height, width }: ReturnType<typeof input>): tf.Tensor {
  return tf.tensor4d(data, [count, height, width, 3]).transpose([0, 3, 1, 2]);
}

/** The labels that are mixed in all cases of the set. */
const labels = (g: Golden) => Array.from(g.values("mixup.labels"));

golden("downstream_extras", "mixup() and its targets equal timm's", (g) => {
  const { lam, smoothing, classes } = g.json.mixup;
  const images = input(g, "mixup.input");
  mixup(images, lam);
  g.near(channelsFirst(images), "mixup.output");
  g.near(mixedTargets(labels(g), lam, { classes, smoothing }), "mixup.target");
});

golden("downstream_extras", "cutmix() and its targets equal timm's", (g) => {
  const { lam_drawn: share, lam_corrected: corrected, bbox_yl_yh_xl_xh: box } = g.json.cutmix;
  const { smoothing, classes } = g.json.mixup;
  const images = input(g, "mixup.input");
  const [top, bottom, left, right] = box;
  const region = { left, top, width: right - left, height: bottom - top };
  cutmix(images, images, region);
  g.near(channelsFirst(images), "cutmix.output");
  assertAlmostEquals(shareLeft(images, region), corrected, 1e-12);
  g.near(mixedTargets(labels(g), corrected, { classes, smoothing }), "cutmix.target");

  // The center was not recorded: the box must be the region around one of the pixels.
  const pixels = Array.from({ length: images.width * images.height }, (_, i) => i);
  const regions = pixels.map((i) =>
    cutRegion(images, share, { x: i % images.width, y: Math.floor(i / images.width) })
  );
  assert(regions.some((it) => JSON.stringify(it) === JSON.stringify(region)));
});

Deno.test("cutRegion() takes 1 - share of the area around its center, clipped to the image", () => {
  const size = { width: 20, height: 10 };
  const inside = cutRegion(size, 0.75, { x: 8, y: 5 });
  assertEquals(inside, { left: 3, top: 3, width: 10, height: 5 });
  assertEquals(shareLeft(size, inside), 0.75);
  assertEquals(cutRegion(size, 0.75, { x: 0, y: 9 }), { left: 0, top: 7, width: 5, height: 3 });
  assertEquals(cutRegion(size, 1, { x: 8, y: 5 }).width, 0);
});

Deno.test("mixup() and cutmix() pair the images of a batch from its ends inward", () => {
  const data = Float32Array.from({ length: 5 * 3 }, (_, i) => Math.floor(i / 3));
  const reds = ({ data }: { data: Float32Array }) => [...data].filter((_, i) => i % 3 === 0);
  const mixed = { data: data.slice(), count: 5 };
  mixup(mixed, 0.75);
  assertEquals(reds(mixed), [1, 1.5, 2, 2.5, 3]);
  const cut = { data: data.slice(), count: 5 };
  cutmix(cut, { width: 1, height: 1 }, { left: 0, top: 0, width: 1, height: 1 });
  assertEquals(reds(cut), [4, 3, 2, 1, 0]);
});

Deno.test("mixedTargets() sum to 1 and give each label its share", () => {
  const targets = mixedTargets([0, 2], 0.75, { classes: 4, smoothing: 0.2 });
  const expected = [0.65, 0.05, 0.25, 0.05, 0.25, 0.05, 0.65, 0.05];
  expected.forEach((value, i) => assertAlmostEquals(targets[i]!, value, 1e-6));
});

Deno.test("mixBatch() draws Beta-distributed shares, and cutmix with its probability", () => {
  const random = new Random("mix"), size = { width: 4, height: 4, count: 2 };
  const options = { mixup: 0.8, cutmix: 1, switchProbability: 0.4 };
  const shares: number[] = [];
  let cut = 0;
  for (let i = 0; i < 4000; i++) {
    const data = new Float32Array(96).fill(1, 48);
    const share = mixBatch({ data, ...size }, options, random);
    const rest = data.subarray(0, 48).reduce((a, b) => a + b) / 48;
    assertAlmostEquals(rest, 1 - share, 1e-6); // what comes from the other image, either way
    if (data.subarray(0, 48).every((v) => v === 0 || v === 1)) cut++;
    else shares.push(share);
  }
  assertAlmostEquals(cut / 4000, 0.4, 0.025);
  const mean = shares.reduce((a, b) => a + b) / shares.length;
  const variance = shares.reduce((a, b) => a + (b - mean) ** 2, 0) / shares.length;
  assertAlmostEquals(mean, 0.5, 0.025);
  assertAlmostEquals(variance, 1 / (4 * (2 * 0.8 + 1)), 0.006);
});
