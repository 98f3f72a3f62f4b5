import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { encode } from "../images/mod.ts";
import { whereDataset } from "../testing/datasets.ts";
import { permittedTest } from "../testing/permitted.ts";
import { openCoco } from "./coco.ts";
import { learnable, readObjects } from "./coco_objects.ts";
import { objectBatches } from "./object_batches.ts";

whereDataset("voc-coco-mini", (folder) => {
  const root = `${folder}/data_dataset_coco`;

  permittedTest("one file of annotations is read with its images", ["read"], async () => {
    const { train, test, categories, notes, name } = await openCoco(root);
    assertEquals([train.length, test.length, notes.length, name], [3, 3, 1, "data_dataset_coco"]);
    assertEquals(categories[15], { id: 15, name: "person" });
    for (const sample of train) {
      const { image, boxes, labels, masks } = await readObjects(sample, categories);
      assertEquals([image.width, image.height], [sample.width, sample.height]);
      assertEquals(boxes.length, 4 * labels.length);
      for (const [i, { area, category_id }] of sample.annotations.entries()) {
        // The program that wrote the file drew the polygons a little larger.
        assertAlmostEquals(masks[i]!.data.reduce((sum, v) => sum + v, 0) / area, 1, 0.1);
        assertEquals(categories[labels[i]!]!.id, category_id);
      }
    }
  });

  permittedTest("batches of objects depend on seed and place alone", ["read"], async () => {
    const { train, categories } = await openCoco(root);
    const plan = {
      ...{ longSide: 200, shortSides: [96, 128], flip: 0.5, cropShare: 0.5 },
      ...{ cropShortSides: [128], cropSides: [96, 120] as const },
    };
    const config = { batchSize: 2, seed: 1, plan, padMultiple: 32, categories };
    const sums = async (from: number, workers = 0) => {
      const list: unknown[] = [];
      for await (using loaded of objectBatches(train, config, { from, to: 3, workers })) {
        const { images, objects, place } = loaded.batch;
        assertEquals(images.shape.slice(1, 3).map((side) => side % 32), [0, 0]);
        list.push([place, images.sum().dataSync()[0], objects]);
      }
      return list;
    };
    const all = await sums(0);
    assertEquals([all.length, await sums(2)], [3, all.slice(2)]);
    assertEquals(await sums(1, 2), all.slice(1));
  });
});

/** A folder in the layout of COCO, with an image of 40 x 40 pixels in each part. */
async function cocoFolder(annotation: Record<string, unknown>): Promise<string> {
  const root = await Deno.makeTempDir();
  const image = { width: 40, height: 40, data: new Uint8Array(4800) };
  await Deno.mkdir(`${root}/annotations`);
  for (const [i, part] of ["train2017", "val2017"].entries()) {
    await Deno.mkdir(`${root}/${part}`);
    await Deno.writeFile(`${root}/${part}/a.png`, await encode(image));
    const file = {
      images: [{ id: i, file_name: "a.png", width: 40, height: 40 }],
      annotations: [{ id: 1, image_id: i, category_id: 7, ...annotation }],
      categories: [{ id: 7, name: "ball" }],
    };
    await Deno.writeTextFile(`${root}/annotations/instances_${part}.json`, JSON.stringify(file));
  }
  return root;
}

const box = { bbox: [2, 3, 10, 20], area: 200 };

permittedTest("both parts of COCO are read, and masks of runs", ["read", "write"], async () => {
  // Down the columns: 2 x 40 + 3 pixels outside, then 20 of each of ten columns inside.
  const counts = [83, ...Array.from({ length: 19 }, () => 20), 17 + 28 * 40];
  const size = [40, 40];
  const root = await cocoFolder({ ...box, segmentation: { size, counts } });
  const { train, test, categories } = await openCoco(root);
  assertEquals([train[0]!.image, test[0]!.image], [0, 1]);
  const { labels, masks } = await readObjects(train[0]!, categories);
  assertEquals([[...labels], masks[0]!.data.reduce((sum, v) => sum + v, 0)], [[0], 200]);
  await Deno.remove(root, { recursive: true });
});

permittedTest(
  "crowds and objects without area are not learned from",
  ["read", "write"],
  async () => {
    for (const [annotation, count] of [[{ iscrowd: 1 }, 0], [{ area: 0 }, 0], [{}, 1]] as const) {
      const root = await cocoFolder({ ...box, ...annotation });
      const { train } = await openCoco(root);
      assertEquals(learnable(train).length, count);
      await Deno.remove(root, { recursive: true });
    }
  },
);

permittedTest("what is no set of COCO is refused, with what to do", ["read", "write"], async () => {
  const root = await cocoFolder(box);
  const refused = (kind: new () => Error, message: string) =>
    assertRejects(() => openCoco(root), kind, message);
  const file = `${root}/annotations/instances_val2017.json`;
  const text = await Deno.readTextFile(file);
  await Deno.writeTextFile(file, text.replace('"category_id":7', '"category_id":8'));
  await refused(RangeError, "an object has category 8, which is not listed");
  await Deno.writeTextFile(file, text.replace("images", "pictures"));
  await refused(TypeError, 'they have no list "images"');
  await Deno.writeTextFile(file, text.slice(0, -9));
  await refused(SyntaxError, "Cannot read the annotations");
  await Deno.writeTextFile(file, text);
  await Deno.remove(`${root}/val2017/a.png`);
  await refused(Error, "Cannot find the image a.png");
  await Deno.remove(`${root}/annotations`, { recursive: true });
  await refused(Error, "in the layout of COCO: there must be annotations/instances_train2017.json");
  await Deno.remove(root, { recursive: true });
});

/** Changes a file of annotations in a folder. */
async function change(
  file: string,
  // deno-lint-ignore no-explicit-any -- what JSON holds
  edit: (stored: any) => void,
): Promise<void> {
  const stored = JSON.parse(await Deno.readTextFile(file));
  edit(stored);
  await Deno.writeTextFile(file, JSON.stringify(stored));
}

permittedTest("files of parts are told by whole words", ["read", "write"], async () => {
  const root = await cocoFolder(box);
  const files = `${root}/annotations`;
  const rename = async (from: string, to: string) => {
    await Deno.rename(`${files}/instances_${from}.json`, `${files}/instances_${to}.json`);
    await Deno.rename(`${root}/${from}`, `${root}/${to}`);
  };
  await rename("train2017", "trainval2017");
  const { train, test, notes } = await openCoco(root);
  assertEquals([train[0]!.image, test[0]!.image, notes], [0, 1, []]);
  await rename("trainval2017", "train2017");
  await Deno.copyFile(`${files}/instances_val2017.json`, `${files}/instances_train2014.json`);
  const newest = await openCoco(root);
  assertEquals([newest.train[0]!.image, newest.notes], [0, [
    "beside annotations/instances_train2017.json, these are left aside: " +
    "annotations/instances_train2014.json",
  ]]);
  await Deno.remove(root, { recursive: true });
});

permittedTest("objects without image or mask are left out and counted", [
  "read",
  "write",
], async () => {
  const root = await cocoFolder(box);
  const file = `${root}/annotations/instances_train2017.json`;
  await change(file, ({ annotations }) => {
    annotations.push({ ...annotations[0], id: 2, segmentation: [] });
    annotations.push({ ...annotations[0], id: 3, segmentation: [[1, 2, 3, 4]] });
    annotations.push({ ...annotations[0], id: 4, image_id: 55 });
  });
  const { train, notes } = await openCoco(root);
  assertEquals(train[0]!.annotations.map(({ id }) => id), [1]);
  assertEquals(notes, [
    `objects that are left out: 1 of ${file} are of images not listed`,
    `objects that are left out: 2 of ${file} have an empty \`segmentation\``,
  ]);
  await Deno.remove(root, { recursive: true });
});

permittedTest("an area that is missing is that of mask or box", ["read", "write"], async () => {
  const triangle = [[2, 3, 12, 3, 2, 23]];
  for (const [segmentation, least, most] of [[undefined, 200, 200], [triangle, 90, 115]] as const) {
    const root = await cocoFolder({ bbox: box.bbox, segmentation });
    const { train } = await openCoco(root);
    const { area } = train[0]!.annotations[0]!;
    assertEquals([area >= least, area <= most, learnable(train).length], [true, true, 1]);
    await Deno.remove(root, { recursive: true });
  }
});

permittedTest("what annotations lack is named before anything is read", [
  "read",
  "write",
], async () => {
  const root = await cocoFolder(box);
  const file = `${root}/annotations/instances_val2017.json`;
  const text = await Deno.readTextFile(file);
  const refused = async (message: string, edit: Parameters<typeof change>[1]) => {
    await change(file, edit);
    await assertRejects(() => openCoco(root), Error, message);
    await Deno.writeTextFile(file, text);
  };
  await refused(`${file}: annotation 1 has no \`bbox\``, ({ annotations: [first] }) => {
    delete first.bbox;
  });
  await refused(
    `${file}: annotation 1 has the \`bbox\` [null,0,1,1], which is not left, top, width and height`,
    ({ annotations: [first] }) => first.bbox = [null, 0, 1, 1],
  );
  const entries: [message: string, edit: Parameters<typeof change>[1]][] = [
    ["entry 0 of `images` is null, not an object", (file) => file.images[0] = null],
    ["entry 0 of `images` has the `id` undefined", ({ images }) => delete images[0].id],
    ["two entries of `images` have the `id` 1", ({ images }) => images.push(images[0])],
    ['image 1 has the `width` "40" and the `height` 40', ({ images }) => images[0].width = "40"],
    ["image 1 has no `file_name`", ({ images }) => delete images[0].file_name],
    ["category 7 has no `name`", ({ categories }) => delete categories[0].name],
    ["two entries of `categories` have", ({ categories }) => categories.push(categories[0])],
    ["has the `category_id` undefined", ({ annotations }) => delete annotations[0].category_id],
  ];
  const outline = "is not lists of x and y by turns";
  const masks: [mask: unknown, message: string][] = [
    ["a", "the `segmentation` of annotation 1 is neither polygons nor runs"],
    [[1, 2, 3, 4, 5, 6], outline],
    [[[1, 2, 3, 4, 5, 6, 7]], outline],
    [[[1, 2, 3, 4, 5, null]], outline],
    [{ size: [9, 9], counts: [81] }, "is of the size [9,9], and its image has 40 rows and 40"],
    [{ size: [40, 40], counts: [81] }, "has runs of 81 pixels, and its image 1600"],
    [{ size: [40, 40], counts: "2" }, "cannot be read"],
  ];
  for (const [message, edit] of entries) await refused(message, edit);
  for (const [segmentation, message] of masks) {
    await refused(message, ({ annotations: [first] }) => first.segmentation = segmentation);
  }
  await refused(
    "category 7 is ball in the training part and cube in the validation part",
    ({ categories: [first] }) => first.name = "cube",
  );
  await refused(
    `Cannot find 2 of 3 images of ${file}: the first is b.png, which is not in ${root}/val2017`,
    ({ images }) =>
      images.push({ ...images[0], id: 8, file_name: "b.png" }, {
        ...{ ...images[0], id: 9, file_name: "more/a.png" },
      }),
  );
  await Deno.remove(root, { recursive: true });
});
