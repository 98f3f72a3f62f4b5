import { assertEquals, assertGreater } from "@std/assert";
import type { Dataset, Sample } from "../mod.ts";
import { openDataset } from "../mod.ts";
import { golden } from "../../testing/goldens.ts";

const set = "downstream/datasets";
const files = "datasets.json";

type Expected = { samples: [path: string, label: number][]; classes_counted: number };

/** Paths and labels of samples at a level. */
function pairs(samples: readonly Sample[], level: string): [string, number][] {
  return samples.map(({ id, labels }) => [id, labels[level]!]);
}

function assertPart(samples: readonly Sample[], level: string, { samples: expected }: Expected) {
  assertGreater(expected.length, 0);
  assertEquals(pairs(samples, level), expected);
}

golden(set, "Flowers-102 has the official images and labels in their order", async (g) => {
  const { train, test, usual } = await openDataset(`${g.folder}/datasets/flowers102`);
  const { flowers102: expected } = g.json;
  for (const [part, samples] of Object.entries({ train, test })) {
    assertPart(samples, "class", expected[part]);
    const classes = new Set(samples.map(({ labels }) => labels.class));
    assertEquals(classes.size, expected[part].classes_counted);
  }
  assertEquals(usual, { level: "class", score: "perClass" });
}, { files });

golden(set, "Stanford Cars has labels from 0, or as the original takes them", async (g) => {
  const folder = `${g.folder}/datasets/stanford_cars`;
  const { stanford_cars: expected } = g.json;
  const data = await openDataset(folder);
  const { train, test } = expected.labels_meant;
  assertEquals([pairs(data.train, "class"), pairs(data.test, "class")], [train, test]);
  const original = await openDataset(folder, { asOriginal: true });
  assertPart(original.train, "class", expected.train);
  assertPart(original.test, "class", expected.test);
  assertEquals(original.classes.class?.length, expected.official_head_width);
}, { files });

for (const year of ["2018", "2019"]) {
  golden(set, `iNaturalist ${year} has the official labels at eight levels`, async (g) => {
    const data = await openDataset(`${g.folder}/datasets/inaturalist${year}`);
    const levels: [string, { train: Expected; val: Expected }][] = Object.entries(
      g.json[`inaturalist${year}`].levels,
    );
    assertEquals(Object.keys(data.classes).sort(), levels.map(([level]) => level).sort());
    for (const [level, { train, val }] of levels) {
      assertPart(data.train, level, train);
      assertPart(data.test, level, val);
      assertEquals(data.classes[level]?.length, train.classes_counted);
    }
  }, { files });
}

for (
  const [name, folder] of [
    ["cifar10", "cifar-10-batches-bin"],
    ["cifar10", "cifar-10-batches-py"],
    ["cifar100", "cifar-100-binary"],
    ["cifar100", "cifar-100-python"],
  ] as const
) {
  golden(set, `${folder} has the official labels and pixels`, async (g) => {
    const data = await openDataset(`${g.folder}/datasets/${name}/${folder}`);
    for (const part of ["train", "test"] as const) await assertCifar(data, part, g.json[name]);
  }, { files });
}

// deno-lint-ignore no-explicit-any
async function assertCifar(data: Dataset, part: "train" | "test", json: any) {
  const { labels, classes, pixel_sums_rgb: sums, first_image_rows_0_1_of_red: red } = json[part];
  const level = data.usual!.level;
  assertEquals(data[part].map((sample) => sample.labels[level]), labels);
  assertEquals(data.classes[level]?.length, classes);
  const images = await Promise.all(data[part].map((sample) => sample.read()));
  const channel = (pixels: Uint8Array, c: number) => [...pixels].filter((_, i) => i % 3 === c);
  const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);
  assertEquals(
    images.map(({ data }) => [0, 1, 2].map((c) => total(channel(data as Uint8Array, c)))),
    sums,
  );
  const [{ width, data: first }] = images as [typeof images[0] & object];
  const reds = channel(first as Uint8Array, 0);
  assertEquals([reds.slice(0, width), reds.slice(width, 2 * width)], red);
}
