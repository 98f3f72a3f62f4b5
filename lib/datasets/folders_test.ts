import { views } from "../methods/mugs/views.ts";
import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { encode } from "../images/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { inspect } from "./inspect.ts";
import { listImages } from "./list_images.ts";
import { batches, openDataset } from "./mod.ts";

/** A test in a folder of its own that holds files of one pixel. */
function test(name: string, files: string[], fn: (folder: string) => Promise<void>) {
  permittedTest(name, ["read", "write", "ffi", "run"], async () => {
    const folder = await Deno.makeTempDir();
    try {
      const png = await encode({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3) });
      for (const path of files) {
        await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
        if (!path.endsWith("/")) await Deno.writeFile(`${folder}/${path}`, png);
      }
      await fn(folder);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

const four = ["train/a/1.png", "train/a/2.png", "train/b/1.png", "train/b/2.png"];
const paths = async (folder: string) => (await listImages(folder)).images.map(({ path }) => path);

test(
  "a stray image beside class folders is left out and named",
  [...four, "train/stray.png", "val/a/3.png"],
  async (folder) => {
    const { train, classes, notes } = await openDataset(folder);
    assertEquals(train.map(({ id }) => id), four);
    assertEquals(classes, { class: ["a", "b"] });
    assertEquals(notes, ["train/stray.png lies in no class folder and is left out"]);
  },
);

test(
  "more images beside folders than in them have no classes",
  ["1.png", "2.png", "3.png", "a/4.png", "b/5.png"],
  async (folder) => {
    const { train, classes } = await openDataset(folder);
    assertEquals([train.length, classes], [5, {}]);
  },
);

test("an empty class is no class, and is named", [...four, "train/c/"], async (folder) => {
  const { classes, notes } = await openDataset(folder);
  assertEquals(classes, { class: ["a", "b"] });
  assertEquals(notes, ["train/c is a folder without images and no class"]);
});

test("one class only is learned from, and holds out a part", four.slice(0, 2), async (folder) => {
  const { train, test, classes } = await openDataset(folder);
  assertEquals([train.length, test.length, classes], [1, 1, { class: ["a"] }]);
});

test("a test part alone says what is missing", ["val/a/1.png", "val/b/2.png"], async (folder) => {
  const { message } = await assertRejects(() => openDataset(folder), Error);
  assertMatch(message, /it holds val\/ and no train\/; add train\/, or name .*\/val, of which/);
});

test("an empty test part is replaced, which is said", [...four, "val/a/"], async (folder) => {
  const { train, test, notes } = await openDataset(folder);
  assertEquals([train.length, test.length], [2, 2]);
  assertEquals(notes?.at(-1), "val/ holds no images: 20 % of train/ are held out instead");
});

test(
  "a test part without classes, as ImageNet's, hinders scoring and not training",
  [...four, "val/1.png"],
  async (folder) => {
    await assertRejects(() => openDataset(folder), Error, "val/1.png lies in no class");
    const { train, test, notes } = await openDataset(folder, { scored: false });
    assertEquals([train.length, test.length], [4, 0]);
    assertEquals(notes, ["val/ is left aside: its image val/1.png lies in no class"]);
  },
);

const strange = ["猫/ein Bild #1.png", "пёс/50 %?.png", "🐟/a\nb.png", "e\u0301/\u00e9.PNG"];

test("names may hold spaces, signs and any letters", strange, async (folder) => {
  const { train, test, classes } = await openDataset(folder);
  assertEquals(classes.class?.length, 4);
  for (const sample of [...train, ...test]) assertEquals((await sample.read()).width, 1);
});

test(
  "links in a circle end, and every folder is entered once",
  Array.from({ length: 9 }, (_, i) => `class ${i}/1.png`),
  async (folder) => {
    // Each class links to all others and to the folder above: followed path by path, that is more
    // than 9! ways.
    for (let i = 0; i < 9; i++) {
      await Deno.symlink("..", `${folder}/class ${i}/up`);
      for (let j = 0; j < 9; j++) {
        await Deno.symlink(`../class ${j}`, `${folder}/class ${i}/to ${j}`);
      }
    }
    await Deno.symlink("class 0", `${folder}/a link that comes first`);
    assertEquals(await paths(folder), Array.from({ length: 9 }, (_, i) => `class ${i}/1.png`));
  },
);

test("a class that is a link is a class", ["store/x/1.png", "set/b/2.png"], async (folder) => {
  await Deno.symlink("../store/x", `${folder}/set/a`);
  assertEquals(await paths(`${folder}/set`), ["a/1.png", "b/2.png"]);
});

test(
  "what ends as an image and is no file is named and not opened",
  [...four],
  async (folder) => {
    await Deno.symlink("nowhere", `${folder}/train/a/lost.png`);
    await new Deno.Command("mkfifo", { args: [`${folder}/train/a/pipe.png`] }).output();
    const { train, notes } = await openDataset(folder);
    assertEquals(train.length, 2); // of four, one of each class is held out
    assertEquals(notes, [
      "2 names of images lead to no file: train/a/lost.png, train/a/pipe.png",
    ]);
  },
);

test("a folder that cannot be read is an error that names it", four, async (folder) => {
  // No permission keeps root out, so reading the folder is made to fail as the system would.
  const { readDir } = Deno;
  Deno.readDir = (path) => {
    if (!String(path).endsWith("/train/b")) return readDir(path);
    const error = new Deno.errors.PermissionDenied("Permission denied (os error 13)");
    return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) };
  };
  try {
    const { message } = await assertRejects(() => openDataset(folder), Error);
    assertMatch(message, /^Cannot read the folder .*\/train\/b: Permission denied/);
  } finally {
    Deno.readDir = readDir;
  }
});

test("a single image makes a batch in which it recurs", ["1.png"], async (folder) => {
  const { train, test } = await openDataset(folder);
  assertEquals([train.length, test.length], [1, 0]);
  const crops = {
    globalSize: 8,
    globalScale: [0.5, 1] as [number, number],
    localSize: 4,
    localScale: [0.2, 0.5] as [number, number],
    localCrops: 1,
    flip: 0.5,
    jitter: 0,
    jitterStrength: [0, 0, 0, 0] as [number, number, number, number],
    grayscale: 0,
    blur: 0,
    solarize: 0,
  };
  const config = { batchSize: 4, seed: 0, plan: views(crops) };
  for await (using loaded of batches(train, config, { to: 1, workers: 0 })) {
    assertEquals(loaded.batch.teacher!.images.shape, [8, 8, 8, 3]);
  }
});

test("archives are named, not read, and Python's CIFAR is read", ["empty/"], async (folder) => {
  await Deno.writeTextFile(`${folder}/set.tar.gz`, "");
  await assertRejects(() => openDataset(folder), Error, "; unpack set.tar.gz");
  await Deno.writeTextFile(`${folder}/data_batch_1`, "");
  await assertRejects(() => openDataset(folder), Error, "data_batch_1: it is truncated");
});

test(
  "inspect() finds files that are no images by their first bytes",
  Array.from({ length: 20 }, (_, i) => `a/${i}.png`),
  async (folder) => {
    await Deno.writeTextFile(`${folder}/a/3.png`, "<html>");
    await Deno.truncate(`${folder}/a/4.png`);
    const { train } = await openDataset(folder, { testPart: 0 });
    assertEquals(await inspect(train, { maxBad: 0.2 }), [
      { id: "a/3.png", reason: "it is a web page, not an image" },
      { id: "a/4.png", reason: "it is empty" },
    ]);
    const { message } = await assertRejects(() => inspect(train), Error);
    assertMatch(message, /^Cannot go on: 2 of 19 images .* 1 % may be so: a\/3\.png \(it is a web/);
  },
);
