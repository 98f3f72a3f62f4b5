import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { decodeMask, type Mask } from "../images/mod.ts";
import { whereDataset } from "../testing/datasets.ts";
import { type Golden, golden } from "../testing/goldens.ts";
import { addConfusion, type PixelConfusion, segmentationScore } from "./mod.ts";

const set = "dense/segmentation_data";
const files = "segmentation_data.safetensors";

function masksIn(g: Golden, name: string): Mask[] {
  const [count = 0, height = 0, width = 0] = g.shape(name);
  const data = Uint8Array.from(g.values(name));
  const pixels = width * height;
  return Array.from({ length: count }, (_, i) => ({
    ...{ width, height, data: data.slice(i * pixels, (i + 1) * pixels) },
  }));
}

golden(set, "confusion, IoU, accuracy and Dice are the official ones", (g) => {
  // deno-lint-ignore no-explicit-any
  const cases = Object.entries<any>(g.json.metrics)
    .filter(([name]) => g.names.includes(`${name}.label`));
  assert(cases.length > 0);
  for (const [name, expected] of cases) {
    const labels = masksIn(g, `${name}.label`);
    const confusion = masksIn(g, `${name}.prediction`).reduce<number | PixelConfusion>(
      (before, prediction, i) => addConfusion(prediction, labels[i]!, before),
      expected.classes,
    ) as PixelConfusion;
    assertEquals(confusion, expected.confusion, name);
    const score = segmentationScore(confusion);
    // The official program divides in float32.
    for (const key of ["aAcc", "mIoU", "mAcc"] as const) {
      assertAlmostEquals(score[key], expected[key], 1e-6, `${name}: ${key}`);
    }
    for (const key of ["IoU", "Acc", "Dice"] as const) {
      const numbers = (list: (number | null)[]) => list.map((value) => value ?? -1);
      for (const [c, value] of numbers(score[key]).entries()) {
        assertAlmostEquals(value, numbers(expected[key])[c]!, 1e-6, `${name}: ${key} ${c}`);
      }
    }
  }
}, { files });

whereDataset("ade20k-mini", (folder) => {
  golden(set, "real maps of labels score as officially", async (g) => {
    for (
      const [name, expected] of Object.entries<Record<string, never>>(g.json.metrics.ade_labels)
    ) {
      const path = `${folder}/annotations/validation/${name}.png`;
      const file = await decodeMask(await Deno.readFile(path));
      const { width, height } = file;
      const label = { width, height, data: file.data.map((value) => value ? value - 1 : 255) };
      // As the set's note says: rolled by 3 rows and 5 columns, and 255 becomes 0.
      const prediction = {
        width,
        height,
        data: label.data.map((_, i) => {
          const [y, x] = [Math.floor(i / width), i % width];
          const from = ((y - 3 + height) % height) * width + (x - 5 + width) % width;
          return label.data[from]! % 255;
        }),
      };
      assertEquals([height, width], expected.shape);
      const score = segmentationScore(addConfusion(prediction, label, 150));
      for (const key of ["aAcc", "mIoU", "mAcc"] as const) {
        assertAlmostEquals(score[key], expected[key]!, 1e-6, `${name}: ${key}`);
      }
    }
  }, { files });
});

Deno.test("a class beyond those that are scored is refused", () => {
  const mask = { width: 2, height: 1, data: Uint8Array.of(0, 2) };
  assertThrows(() => addConfusion(mask, mask, 2), RangeError, "2 classes that holds class 2");
});
