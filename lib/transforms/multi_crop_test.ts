import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { Image } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import { type CropsConfig, multiCrop } from "./multi_crop.ts";

const config: CropsConfig = {
  globalSize: 12,
  globalScale: [0.25, 1],
  localSize: 6,
  localScale: [0.1, 0.4],
  localCrops: 3,
  flip: 0.5,
  jitter: 0.8,
  jitterStrength: [0.4, 0.4, 0.2, 0.1],
  grayscale: 0.2,
  blur: 0.2,
  solarize: 0.2,
};

function noise(width: number, height: number): Image {
  const random = new Random("noise");
  const data = Uint8Array.from({ length: width * height * 3 }, () => random.integer(256));
  return { width, height, data };
}

Deno.test("multiCrop() makes two large views each for teacher and student, and the small ones", () => {
  const views = multiCrop(noise(20, 30), config, new Random(1));
  const sizes = (images: Image[]) => images.map(({ width, height }) => [width, height]);
  assertEquals(sizes(views.teacher), [[12, 12], [12, 12]]);
  assertEquals(sizes(views.student), [[12, 12], [12, 12]]);
  assertEquals(sizes(views.local), [[6, 6], [6, 6], [6, 6]]);
  assert(views.weak);
});

Deno.test("multiCrop() makes equal views of equal seeds, and others of others", () => {
  const image = noise(20, 20);
  assertEquals(
    multiCrop(image, config, new Random(1)),
    multiCrop(image, config, new Random(1)),
  );
  const [a, b] = multiCrop(image, config, new Random(1)).teacher;
  assertNotEquals(a, b);
  assertNotEquals(a, multiCrop(image, config, new Random(2)).teacher[0]);
});

Deno.test("multiCrop() leaves the image as it is", () => {
  const image = noise(12, 12);
  multiCrop(image, { ...config, globalScale: [1, 1], jitter: 1 }, new Random(1));
  assertEquals(image, noise(12, 12));
});

Deno.test("multiCrop() with shared crops gives the student the teacher's views", () => {
  const { teacher, student } = multiCrop(
    noise(9, 9),
    { ...config, sharedCrops: true },
    new Random(1),
  );
  assertEquals(student, teacher);
});

Deno.test("multiCrop() solarizes the second view only", () => {
  const dark: Image = { width: 8, height: 8, data: new Uint8Array(192).fill(255) };
  const only = { ...config, jitter: 0, grayscale: 0, blur: 0, solarize: 1 };
  const { teacher, local } = multiCrop(dark, only, new Random(1));
  assertEquals(teacher.map(({ data }) => data[0]), [255, 0]);
  assertEquals(local.map(({ data }) => data[0]), [255, 255, 255]);
});
