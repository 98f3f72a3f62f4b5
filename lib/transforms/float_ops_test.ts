import { assertAlmostEquals } from "@std/assert";
import type { Image } from "../images/mod.ts";
import { type Golden, golden } from "../testing/goldens.ts";
import {
  addBrightness,
  clipFractions,
  type FloatImage,
  gaussianFilter,
  grayFloat,
  resizeFloat,
  scaleBrightness,
  scaleContrast,
  scaleSaturation,
  solarizeFloat,
  toFractions,
  turnHue,
} from "./mod.ts";

/** The picture of a file. */
function pictureOf(g: Golden, name: string): Image {
  const [height, width] = g.shape(name) as [number, number, number];
  return { width, height, data: Uint8Array.from(g.values(name)) };
}

type Change = (image: FloatImage, amount: number) => void;
type Blur = { kernel_size: number; sigma: number };

/** Holds each operation of a file, whose names end in a number, against the official result. */
function compareOperations(g: Golden, changes: Record<string, Change>) {
  for (const name of g.names.filter((name) => /\d$/.test(name) && name !== "image_u8")) {
    const [, kind] = /^(\D+)\d+$/.exec(name)!;
    const image = toFractions(pictureOf(g, "image_u8"));
    if (kind === "blur") {
      const { kernel_size, sigma }: Blur = g.json[name];
      gaussianFilter(image, { sigma, radius: Math.trunc(kernel_size / 2), border: "zeros" });
    } else if (kind !== "crop") {
      changes[kind!]!(image, g.json[name]);
    } else {
      const { size, ...region } = g.json[name];
      g.near(resizeFloat(image, { width: size, height: size, region }).data, name);
      continue;
    }
    g.near(image.data, name);
  }
}

const shared = { contrast: scaleContrast, saturation: scaleSaturation, hue: turnHue };

golden("methods/byol/augment", "operations on fractions are BYOL's", (g) => {
  compareOperations(g, { ...shared, brightness: addBrightness });
  const image = () => toFractions(pictureOf(g, "image_u8"));
  const gray = image(), solar = image();
  grayFloat(gray);
  g.near(gray.data, "grayscale");
  solarizeFloat(solar);
  g.near(solar.data, "solarize");
});

golden("methods/simclr/augment", "operations on fractions are SimCLR's", (g) => {
  const plain: Record<string, Change> = { ...shared, brightness: scaleBrightness };
  const changes = Object.fromEntries(
    Object.entries(plain).map(([name, change]): [string, Change] => [name, (image, amount) => {
      change(image, amount);
      clipFractions(image);
    }]),
  );
  compareOperations(g, changes);
  const gray = toFractions(pictureOf(g, "image_u8"));
  grayFloat(gray);
  g.near(gray.data, "grayscale");

  const chain = toFractions(pictureOf(g, "image_u8"));
  for (const [, kind, amount] of g.json.chain.matchAll(/(\w+) ([\d.]+)/g)) {
    changes[kind]?.(chain, Number(amount)); // what is no operation belongs to the sentence
  }
  g.near(chain.data, "chain");
});

golden("methods/simclr/augment", "the crop of an evaluation is SimCLR's", (g) => {
  const { size, crop_proportion } = g.json.eval_center;
  const image = toFractions(pictureOf(g, "image_u8"));
  const side = Math.round(crop_proportion * Math.min(image.width, image.height));
  const offset = (length: number) => Math.floor((length - side + 1) / 2);
  const region = {
    top: offset(image.height),
    left: offset(image.width),
    height: side,
    width: side,
  };
  g.near(resizeFloat(image, { width: size, height: size, region }).data, "eval_center");
});

Deno.test("gaussianFilter() keeps an even image where it is mirrored, and darkens it else", () => {
  const even = () => ({ width: 3, height: 3, data: new Float32Array(27).fill(0.5) });
  const mirrored = even(), dark = even();
  gaussianFilter(mirrored, { sigma: 2, radius: 2, border: "reflect" });
  gaussianFilter(dark, { sigma: 2, radius: 2, border: "zeros" });
  for (const value of mirrored.data) assertAlmostEquals(value, 0.5, 1e-6);
  for (const value of dark.data) assertAlmostEquals(Math.min(value, 0.45), value, 1e-9);
});
