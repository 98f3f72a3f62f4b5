import { Buffer } from "node:buffer";
import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { Header } from "tar/header";
import { Pax } from "tar/pax";
import { encode } from "../images/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { batches, openDataset } from "./mod.ts";
import { tarIndex } from "./tar_index.ts";

/** The blocks of one file in an archive; a long name is told ahead, as POSIX has it. */
function member(path: string, content: Uint8Array): Uint8Array[] {
  const header = new Header({ path, size: content.length, mode: 0o644, type: "File" });
  header.encode();
  const ahead = header.needPax ? [new Pax({ path }).encode()] : [];
  return [...ahead, header.block!, content, new Uint8Array(-content.length & 511)];
}

/** A tar archive of files by name. */
function archive(files: Record<string, string | Uint8Array>): Uint8Array {
  const bytes = (content: string | Uint8Array) =>
    typeof content === "string" ? new TextEncoder().encode(content) : content;
  const blocks = Object.entries(files).flatMap(([path, content]) => member(path, bytes(content)));
  return Buffer.concat([...blocks, new Uint8Array(1024)]);
}

function test(name: string, fn: (folder: string) => Promise<void>) {
  permittedTest(name, ["read", "write", "ffi"], async () => {
    const folder = await Deno.makeTempDir();
    await fn(folder);
    await Deno.remove(folder, { recursive: true });
  });
}

const picture = (red: number) => encode({ width: 1, height: 1, data: Uint8Array.of(red, 0, 0) });
const reds = (samples: { read(): Promise<{ data: Uint8Array }> }[]) =>
  Promise.all(samples.map(async (sample) => (await sample.read()).data[0]));

test("shards() reads images and classes of shards named after their part", async (folder) => {
  const long = "folder/".repeat(40) + "ключ";
  await Deno.writeFile(
    `${folder}/set-train-000.tar`,
    archive({
      "a.jpg": await picture(10),
      "a.cls": "11\n",
      [`${long}.png`]: await picture(20),
      [`${long}.cls`]: "2",
    }),
  );
  await Deno.writeFile(
    `${folder}/set-train-001.tar`,
    archive({
      "b.json": '{"label": 11, "url": "x"}',
      "b.png": await picture(30),
      "b.txt": "a cat",
    }),
  );
  await Deno.writeFile(
    `${folder}/set-val-000.tar`,
    archive({ "c.cls": "2", "c.png": await picture(40) }),
  );
  const { train, test, classes } = await openDataset(folder);
  assertEquals(train.map(({ id, labels }) => [id, labels.class]), [
    ["set-train-000.tar/a.jpg", 1],
    [`set-train-000.tar/${long}.png`, 0],
    ["set-train-001.tar/b.png", 1],
  ]);
  assertEquals(classes, { class: ["2", "11"] });
  assertEquals(await reds(train), [10, 20, 30]);
  assertEquals([test.length, test[0]?.labels.class, ...await reds(test)], [1, 0, 40]);
});

test("shards() takes parts by folder, and leaves archives beside folders alone", async (folder) => {
  const shard = archive({ "1.png": await picture(1), "1.cls": "cat" });
  for (const part of ["train", "test"]) {
    await Deno.mkdir(`${folder}/${part}`);
    await Deno.writeFile(`${folder}/${part}/0.tar`, shard);
  }
  await Deno.writeFile(`${folder}/all.tar`, shard);
  const { train, test } = await openDataset(folder);
  assertEquals([train.map(({ id }) => id), test.length], [["train/0.tar/1.png"], 1]);
  await Deno.mkdir(`${folder}/train/cat`);
  await Deno.writeFile(`${folder}/train/cat/1.png`, await picture(1));
  const unpacked = await openDataset(`${folder}/train`);
  assertEquals(unpacked.train.map(({ id }) => id), ["cat/1.png"]);
});

test("shards() without classes are for pre-training only", async (folder) => {
  await Deno.writeFile(`${folder}/0.tar`, archive({ "1.png": await picture(1), "2.png": "none" }));
  const { train, test, classes } = await openDataset(folder);
  assertEquals([train.length, test, classes], [2, [], {}]);
  await assertRejects(() => train[1]!.read(), TypeError, "it is a text");
});

test("shards() refuses a shard that is damaged or cut off", async (folder) => {
  const whole = archive({ "1.cls": "0", "1.png": await picture(1) });
  await Deno.writeFile(`${folder}/0.tar`, whole.subarray(0, 1600));
  await assertRejects(() => openDataset(folder), Error, "0.tar: it ends within 1.png");
  await Deno.writeFile(`${folder}/0.tar`, whole.map((byte, at) => at === 1030 ? 255 : byte));
  await assertRejects(() => openDataset(folder), Error, "there is no header at byte 1024");
});

test("shards() takes a part by any of its names, and an ending in any case", async (folder) => {
  await Deno.writeFile(
    `${folder}/X-Training-0.TAR`,
    archive({ "1.PNG": await picture(1), "1.CLS": "0" }),
  );
  await Deno.writeFile(
    `${folder}/x_VALID_0.tar`,
    archive({ "2.png": await picture(2), "2.cls": "0" }),
  );
  await Deno.writeFile(
    `${folder}/x-test-0.tar`,
    archive({ "3.png": await picture(3), "3.cls": "0" }),
  );
  await Deno.mkdir(`${folder}/lost+found`);
  const { train, test, notes } = await openDataset(folder);
  assertEquals([await reds(train), await reds(test)], [[1], [2]]);
  assertEquals(notes, [
    "beside the shards, these are left aside: x-test-0.tar",
    "folders of the system are left out: lost+found",
  ]);
});

test("shards() takes the last ending of a name, and one of several images", async (folder) => {
  const files = {
    "s0.image.png": await picture(1),
    "s0.mask.png": await picture(2),
    "s0.target.cls": "1",
    "s1.image.png": await picture(3),
    "s1.json": '{"label": 0}',
    "s1.cls": "2",
    "x_0.5.png": await picture(4),
    "x_0.7.png": await picture(5),
    "x_0.cls": "1",
  };
  await Deno.writeFile(`${folder}/train-0.tar`, archive(files));
  const { train, classes, notes } = await openDataset(folder, { testPart: 0 });
  assertEquals(classes, { class: ["1", "2"] });
  assertEquals((await reds(train)).length, 3); // of four, one is held out
  assertEquals(notes, ["train-0.tar/s0.mask.png is left out, as its sample has another image"]);
});

test("archives are classes by their names where images have none", async (folder) => {
  for (const part of ["train", "val"]) {
    await Deno.mkdir(`${folder}/${part}`);
    for (const [i, name] of ["n01440764", "n01443537", "dog-0", "dog-1"].entries()) {
      await Deno.writeFile(`${folder}/${part}/${name}.tar`, archive({ "1.png": await picture(i) }));
    }
  }
  const { train, test, classes, notes } = await openDataset(folder);
  assertEquals(classes, { class: ["dog", "n01440764", "n01443537"] });
  assertEquals(train.map(({ labels }) => labels.class), [0, 0, 1, 2]);
  assertEquals(test.length, 4);
  assertEquals(notes, [
    "no image has a .cls or .json: names of archives are the classes: dog, n01440764, n01443537",
  ]);
});

test("one part may be packed and the other lie in folders", async (folder) => {
  await Deno.mkdir(`${folder}/train`);
  await Deno.mkdir(`${folder}/val/n01443537`, { recursive: true });
  for (const name of ["n01440764", "n01443537"]) {
    await Deno.writeFile(`${folder}/train/${name}.tar`, archive({ "1.png": await picture(1) }));
  }
  await Deno.writeFile(`${folder}/val/n01443537/2.png`, await picture(2));
  const { train, test, classes } = await openDataset(folder);
  assertEquals(classes, { class: ["n01440764", "n01443537"] });
  assertEquals(train.map(({ id }) => id), [
    "train/n01440764.tar/1.png",
    "train/n01443537.tar/1.png",
  ]);
  assertEquals(test.map(({ id, labels }) => [id, labels.class]), [["val/n01443537/2.png", 1]]);
  await Deno.remove(`${folder}/train`, { recursive: true });
  const shard = archive({ "1.png": await picture(1), "1.cls": "n01443537" });
  await Deno.writeFile(`${folder}/train-0.tar`, shard);
  const other = await openDataset(folder);
  assertEquals([other.train.length, other.test.length, other.notes], [1, 1, []]);
  await assertRejects(
    async () => {
      await Deno.remove(`${folder}/train-0.tar`);
      await openDataset(folder);
    },
    Error,
    "it holds val/ and no train/",
  );
});

test("archives in one folder are classes, even one called train", async (folder) => {
  for (const name of ["train", "car", "bus"]) {
    await Deno.writeFile(`${folder}/${name}.tar`, archive({ "1.png": await picture(1) }));
  }
  assertEquals((await openDataset(folder)).classes, { class: ["bus", "car", "train"] });
});

test("an archive called test beside those of two classes is a class", async (folder) => {
  for (const name of ["test", "car-0", "car-1"]) {
    await Deno.writeFile(`${folder}/${name}.tar`, archive({ "1.png": await picture(1) }));
  }
  const one = await openDataset(folder);
  assertEquals([one.train.length, one.classes], [2, {}]);
  await Deno.writeFile(`${folder}/bus.tar`, archive({ "1.png": await picture(1) }));
  const { classes } = await openDataset(folder);
  assertEquals(classes, { class: ["bus", "car", "test"] });
  await Deno.writeFile(
    `${folder}/test.tar`,
    archive({ "1.png": await picture(1), "1.cls": "0" }),
  );
  const part = await openDataset(folder, { scored: false });
  assertEquals(part.train.length, 3);
});

test("folders within archives are no classes, which is said", async (folder) => {
  const file = await picture(1);
  await Deno.writeFile(`${folder}/train.tar`, archive({ "a/1.png": file, "b/2.png": file }));
  const { train, classes, notes } = await openDataset(folder);
  assertEquals([train.length, classes], [2, {}]);
  assertEquals(notes, [
    "no image has a .cls or .json, and folders within archives are no classes: a, b; unpack the " +
    "archives to learn them",
  ]);
});

for (
  const names of [
    ["training_set-0", "test_set-0", "extra-0"],
    ["train-0", "val-0", "backup"],
    ["train-0", "val-0", "unlabeled-0"],
    ["train", "val", "more"],
  ] as const
) {
  const [learn, score, other] = names;
  test(`beside ${learn}.tar and ${score}.tar, ${other}.tar is left aside`, async (folder) => {
    for (const name of [learn, score]) {
      const files = { "1.png": await picture(1), "1.cls": "0" };
      await Deno.writeFile(`${folder}/${name}.tar`, archive(files));
    }
    const aside = [`beside the shards, these are left aside: ${other}.tar`];
    for (const classes of [{}, { "2.cls": "0" }] as Record<string, string>[]) {
      const files = { "2.png": await picture(2), ...classes };
      await Deno.writeFile(`${folder}/${other}.tar`, archive(files));
      const { train, test, notes } = await openDataset(folder);
      assertEquals([await reds(train), await reds(test), notes], [[1], [1], aside]);
    }
  });
}

test("archives that name no part are learned from only where none is named so", async (folder) => {
  const files = { "1.png": await picture(1), "1.cls": "0" };
  await Deno.writeFile(`${folder}/unlabeled-0.tar`, archive({ "2.png": await picture(2) }));
  assertEquals(await reds((await openDataset(folder)).train), [2]);
  for (const name of ["train-0", "train"]) {
    await Deno.writeFile(`${folder}/${name}.tar`, archive(files));
    const { train, notes } = await openDataset(folder);
    assertEquals(await reds(train), [1], name);
    assertEquals(notes, ["beside the shards, these are left aside: unlabeled-0.tar"]);
    await Deno.remove(`${folder}/${name}.tar`);
  }
});

test("of shards some of which have no class, all images are learned from", async (folder) => {
  const files = { "1.png": await picture(1), "1.cls": "0" };
  await Deno.writeFile(`${folder}/train-0.tar`, archive(files));
  await Deno.writeFile(`${folder}/train-1.tar`, archive({ "2.png": await picture(2) }));
  const { train, notes } = await openDataset(folder, { scored: false });
  assertEquals(await reds(train), [1, 2]);
  assertEquals(notes, [
    "the classes of the training part are left aside: its image train-1.tar/2.png has no class, " +
    "and others have one",
  ]);
});

test("numbers of shards are no classes", async (folder) => {
  for (const name of ["train-0000-of-0003", "train-0001-of-0003", "train-0002-of-0003"]) {
    await Deno.writeFile(`${folder}/${name}.tar`, archive({ "1.png": await picture(1) }));
  }
  assertEquals((await openDataset(folder)).classes, {});
});

test("shards() leaves out members that are hidden or the system's", async (folder) => {
  const files = {
    "./a/1.png": await picture(1),
    "./a/1.cls": "0",
    "./a/._1.png": "resource",
    "__MACOSX/a/1.png": "resource",
    "a/@eaDir/1.png/thumb.jpg": "thumb",
  };
  await Deno.writeFile(`${folder}/0.tar`, archive(files));
  assertEquals((await openDataset(folder)).train.map(({ id }) => id), ["0.tar/./a/1.png"]);
});

test("names in a shard that are no UTF-8 stay apart", async (folder) => {
  const files = {
    "@.png": await picture(1),
    "@.cls": "0",
    "#.png": await picture(2),
    "#.cls": "1",
  };
  const bytes = archive(files);
  // In each header, the first letter becomes a byte of Latin-1, and the checksum follows.
  for (let at = 0; at < bytes.length; at += 512) {
    const letter = bytes[at];
    if (letter !== 0x40 && letter !== 0x23) continue;
    bytes[at] = letter === 0x40 ? 0xe9 : 0xe8;
    const header = bytes.subarray(at, at + 512);
    header.fill(0x20, 148, 156);
    const sum = header.reduce((a, b) => a + b).toString(8).padStart(6, "0");
    header.set(new TextEncoder().encode(`${sum}\0 `), 148);
  }
  await Deno.writeFile(`${folder}/0.tar`, bytes);
  const { train, test, classes } = await openDataset(folder);
  assertEquals(classes, { class: ["0", "1"] });
  assertEquals([...train, ...test].map(({ id }) => id), ["0.tar/\xe9.png", "0.tar/\xe8.png"]);
});

test("a shard's fingerprint depends on its content, not on its time", async (folder) => {
  await Deno.writeFile(`${folder}/0.tar`, archive({ "1.cls": "0", "1.png": await picture(1) }));
  const { fingerprint } = await openDataset(folder);
  await Deno.utime(`${folder}/0.tar`, 1, 1);
  assertEquals((await openDataset(folder)).fingerprint, fingerprint);
  await Deno.writeFile(`${folder}/0.tar`, archive({ "1.cls": "5", "1.png": await picture(1) }));
  assertNotEquals((await openDataset(folder)).fingerprint, fingerprint);
});

permittedTest(
  "tarIndex() reads what the system's tar packs",
  ["read", "write", "run"],
  async (t) => {
    const folder = await Deno.makeTempDir();
    const name = "x".repeat(120);
    await Deno.mkdir(`${folder}/in/${name}`, { recursive: true });
    await Deno.writeTextFile(`${folder}/in/${name}/${name}.txt`, "content");
    await Deno.symlink("nowhere", `${folder}/in/link`);
    for (const format of ["gnu", "pax"]) {
      await t.step(format, async () => {
        const path = `${folder}/${format}.tar`;
        const args = [`--format=${format}`, "-cf", path, "-C", `${folder}/in`, "."];
        const { success } = await new Deno.Command("tar", { args }).output();
        assertEquals(success, true);
        const [file, ...others] = await tarIndex(path, () => true);
        assert(file);
        assertEquals([file.name, others.length], [`./${name}/${name}.txt`, 0]);
        assertEquals(new TextDecoder().decode(file.content), "content");
      });
    }
    await Deno.remove(folder, { recursive: true });
  },
);

/** A view that shows all of an image as it is. */
const wholeView = {
  scale: [1, 1],
  jitterStrength: [0, 0, 0, 0],
  ...{ flip: 0, jitter: 0, grayscale: 0, blur: 0, solarize: 0 },
} as const;

test("more or fewer processes divide shards without overlap in each epoch", async (folder) => {
  for (let shard = 0; shard < 3; shard++) {
    const images = Array.from({ length: 8 }, (_, i) => picture(10 * (8 * shard + i)));
    const files = (await Promise.all(images)).map((image, i) => [`${i}.png`, image] as const);
    await Deno.writeFile(`${folder}/train-${shard}.tar`, archive(Object.fromEntries(files)));
  }
  const { train } = await openDataset(folder);
  const order = { batchSize: 8, seed: 7, plan: [{ name: "whole", size: 1, views: [wholeView] }] };
  /** The images of an epoch, as numbers by their red, that one of so many processes sees. */
  const imagesOf = async (index: number, count: number, epoch: number) => {
    const numbers: number[] = [];
    const options = { workers: 0, from: 3 * epoch, to: 3 * epoch + 3, share: { count, index } };
    for await (using loaded of batches(train, order, options)) {
      const red = tf.tidy(() => loaded.batch.whole!.images.slice([0, 0, 0, 0], [-1, 1, 1, 1]));
      numbers.push(...Array.from(red.dataSync(), (x) => Math.round((x * 0.229 + 0.485) * 25.5)));
      red.dispose();
    }
    return numbers;
  };
  for (const [epoch, count] of [1, 2, 4, 8, 2].entries()) {
    const shares = await Promise.all(
      Array.from({ length: count }, (_, index) => imagesOf(index, count, epoch)),
    );
    assertEquals(shares.map(({ length }) => length), Array(count).fill(24 / count));
    assertEquals(shares.flat().sort((a, b) => a - b), [...train.keys()]);
  }
});
