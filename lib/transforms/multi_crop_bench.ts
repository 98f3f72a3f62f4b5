import { Random } from "../random/mod.ts";
import { type Image, resize } from "../images/mod.ts";
import { colorJitter } from "./color_jitter.ts";
import { gaussianBlur } from "./gaussian_blur.ts";
import { hue } from "./hue.ts";
import { views } from "../methods/mugs/views.ts";
import { makeViews } from "./make_views.ts";
import type { CropsConfig } from "./multi_crop.ts";
import { shearX } from "./shear.ts";

const random = new Random("bench");
const noise = (width: number, height = width): Image => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, () => random.bits() & 255),
});

const tiny: CropsConfig = {
  globalSize: 32,
  globalScale: [0.25, 1],
  localSize: 16,
  localScale: [0.1, 0.4],
  localCrops: 4,
  flip: 0.5,
  jitter: 0.8,
  jitterStrength: [0.4, 0.4, 0.2, 0.1],
  grayscale: 0.2,
  blur: 0.2,
  solarize: 0,
};
/** As the reference makes them, without its strong branch. */
const full: CropsConfig = {
  ...tiny,
  globalSize: 224,
  localSize: 96,
  localScale: [0.05, 0.25],
  localCrops: 10,
  blur: 0.5,
  globalBlur: [1, 0.1],
  solarize: 0.2,
};
const small = noise(64), large = noise(500, 375), view = noise(32);

Deno.bench("views of an image, preset tiny (4 of 32 px, 4 of 16 px, from 64 px)", () => {
  makeViews(small, views(tiny), random);
});
Deno.bench("the same with large views shared by teacher and student", () => {
  makeViews(small, views({ ...tiny, sharedCrops: true }), random);
});
Deno.bench("views of an image, full size (4 of 224 px, 10 of 96 px, from 500x375)", () => {
  makeViews(large, views(full), random);
});
Deno.bench("the same with half of the student's views strongly augmented", () => {
  makeViews(large, views({ ...full, strongShare: 0.5 }), random);
});
Deno.bench("shear of 500x375 px, bicubic", () => {
  shearX(large, 0.2, { filter: "bicubic", fill: [0, 0, 0] });
});
Deno.bench("resize 64 px to 32 px", () => {
  resize(small, { width: 32, height: 32 });
});
Deno.bench("color jitter of 32 px", () => {
  colorJitter(view, tiny.jitterStrength, random);
});
Deno.bench("hue of 32 px", () => {
  hue(view, 0.1);
});
Deno.bench("blur of 32 px", () => {
  gaussianBlur(view, 1.3);
});
