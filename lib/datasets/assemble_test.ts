import { assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import { views } from "../methods/mugs/views.ts";
import { Random } from "../random/mod.ts";
import type { CropsConfig } from "../transforms/mod.ts";
import { assemble } from "./assemble.ts";
import { normalizedPixels } from "./network_input.ts";

const crops: CropsConfig = {
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

/**
 * Plans of Mugs, and the beginnings of SHA-256 of the views that were made before plans existed.
 */
const recorded: [crops: CropsConfig, hashes: Record<string, string>][] = [
  [crops, { teacher: "82f45e14fcc2adf1", student: "68720414c1f61e8d", local: "7d0d64c53590c99f" }],
  [
    { ...crops, sharedCrops: true, strongShare: 0.5 },
    { teacher: "82f45e14fcc2adf1", local: "994dc6b2d1a66f65" },
  ],
  [
    { ...crops, strongShare: 0.5, erasing: 0.5, erasingNoise: "pixels", globalBlur: [1, 0.1] },
    {
      teacher: "def243341768ec8f",
      student: "3323bb33690ee7b4",
      "student.weak": "2ad9765cd88ebce5",
      local: "4ceb8d112499581e",
    },
  ],
  [
    { ...crops, strongShare: 1, localCrops: 0, randAugment: [5, 0] },
    {
      teacher: "82f45e14fcc2adf1",
      student: "8b1fdaf6f32ea5d5",
      "student.weak": "9d908ecfb6b256de",
    },
  ],
];

const images = Array.from({ length: 6 }, (_, i) => {
  const random = new Random(`image ${i}`), height = 15 + i;
  const data = Uint8Array.from({ length: 20 * height * 3 }, () => random.integer(256));
  return { width: 20, height, data };
});

function hash(values: Float32Array<ArrayBuffer>): string {
  return createHash("sha256").update(new Uint8Array(values.buffer)).digest("hex").slice(0, 16);
}

Deno.test("assemble() makes the views of equal seeds as ever, byte for byte", () => {
  const seeds = images.map((_, i) => `seed ${i}`);
  for (const [config, hashes] of recorded) {
    const arrays = Object.entries(assemble({ images, seeds, plan: views(config) }));
    const entries = arrays.flatMap(([name, { weak, ...pixels }]) => [
      [name, hash(normalizedPixels(pixels))],
      ...weak ? [[`${name}.weak`, hash(weak)]] : [],
    ]);
    assertEquals(Object.fromEntries(entries), hashes);
  }
});
