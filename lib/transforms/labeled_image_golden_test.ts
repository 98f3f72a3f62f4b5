import { assert, assertEquals } from "@std/assert";
import type { Image } from "../images/mod.ts";
import { type Golden, golden } from "../testing/goldens.ts";
import {
  chooseCorner,
  type Corner,
  cropLabeled,
  distortPhotometrically,
  fittingSize,
  flipLabeled,
  type LabeledImage,
  padLabeled,
  type PhotometricDistortion,
  resizeLabeled,
} from "./mod.ts";

const set = "dense/segmentation_data";
const files = "segmentation_data.safetensors";

/** The image and the labels that the file begins with. */
function original(g: Golden): LabeledImage {
  const [height, width] = g.shape("augment.label") as [number, number];
  const bytes = (name: string) => Uint8Array.from(g.values(`augment.${name}`));
  return {
    image: { width, height, data: bytes("image_rgb") },
    mask: { width, height, data: bytes("label") },
  };
}

/** A recorded draw: its kind, its range, and what came out. */
type Draw = [kind: string, range: number[], value: number];

/** The distortion that draws in the order of the original describe. */
function distortionOf(draws: readonly Draw[]): PhotometricDistortion {
  const rest = [...draws];
  const next = () => rest.shift()![2];
  const sometimes = () => next() ? next() : null;
  const brightness = sometimes();
  const contrastFirst = next() === 1;
  const first = contrastFirst ? sometimes() : null;
  const saturation = sometimes();
  const hue = sometimes();
  const contrast = contrastFirst ? first : sometimes();
  assertEquals(rest, []);
  return { brightness, contrast, contrastFirst, saturation, hue };
}

/** The part of an image that a recorded result shows. */
function upperLeft({ width, data }: Image, [rows, columns]: number[]): Image {
  const part = new Uint8Array(rows! * columns! * 3);
  for (let y = 0; y < rows!; y++) {
    part.set(data.subarray(y * width * 3, (y * width + columns!) * 3), y * columns! * 3);
  }
  return { width: columns!, height: rows!, data: part };
}

golden(set, "colors are distorted as officially", (g) => {
  const { image } = original(g);
  const cases: Draw[][] = g.json.augment.photometric;
  assert(cases.length > 0);
  for (const [k, draws] of cases.entries()) {
    const name = `photometric.${k}`;
    const part = upperLeft(image, g.shape(name));
    const { data } = distortPhotometrically(part, distortionOf(draws));
    g.near(data, name);
    const expected = g.values(name);
    assert(data.every((byte, i) => Math.abs(byte - expected[i]!) <= 2), name);
  }
}, { files });

golden(set, "images and labels are resized, cropped, mirrored and extended as officially", (g) => {
  const labeled = original(g);
  assert(g.json.augment.geometry.length > 0);
  for (const [k, draws] of Object.entries<Geometry>(g.json.augment.geometry)) {
    const at = (part: string) => `geometry.${k}.${part}`;
    const [long, short] = draws.base_scale.map((side) => Math.trunc(side * draws.ratio));
    assertEquals([long, short], draws.scale);
    const size = fittingSize(labeled.image, [long!, short!]);
    assertEquals([size.height, size.width], draws.resized);
    const resized = resizeLabeled(labeled, size);
    g.near(resized.image.data, at("resized_rgb"));
    g.near(resized.mask.data, at("resized_label"));
    const [height, width] = g.shape(at("label")) as [number, number];
    const crop = { width, height };
    const corners = cornersOf(draws.crop_draws);
    const corner = chooseCorner(resized.mask, corners, { crop, largestShare: 0.75 });
    const [top, , left] = draws.crop_y1y2x1x2;
    assertEquals(corner, { top, left });
    const cropped = cropLabeled(resized, { ...corner, ...crop });
    const { image, mask } = padLabeled(draws.flip ? flipLabeled(cropped) : cropped, crop);
    g.near(image.data, at("image_rgb"));
    g.near(mask.data, at("label"));
  }
}, { files });

type Geometry = {
  base_scale: number[];
  ratio: number;
  scale: number[];
  resized: number[];
  crop_draws: number[];
  crop_y1y2x1x2: [number, number, number, number];
  flip: boolean;
};

/** Corners from recorded numbers, row and column by turns. */
function cornersOf(numbers: readonly number[]): Corner[] {
  return numbers.flatMap((top, i) => i % 2 ? [] : [{ top, left: numbers[i + 1]! }]);
}
