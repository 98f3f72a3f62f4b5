import { assert, assertEquals, assertRejects } from "@std/assert";
import { decode } from "../images/mod.ts";
import { datasetTest } from "../testing/datasets.ts";
import { permittedTest } from "../testing/permitted.ts";
import { openDataset } from "./mod.ts";

/**
 * Records as in CIFAR's files: labels, then a plane of each color, every pixel `[i, 100 + i, 200 +
 * i]`.
 */
function records(labels: number[][]): Uint8Array {
  const each = labels.map((label, i) => {
    const planes = [i, 100 + i, 200 + i].flatMap((value) => Array(1024).fill(value));
    planes[1] = 77; // the second pixel of the first row
    return [...label, ...planes];
  });
  return Uint8Array.from(each.flat());
}

function test(name: string, fn: (folder: string) => Promise<void>) {
  permittedTest(name, ["read", "write"], async () => {
    const folder = await Deno.makeTempDir();
    await fn(folder);
    await Deno.remove(folder, { recursive: true });
  });
}

test("cifar() reads CIFAR-10's files by number, names and a test part", async (folder) => {
  await Deno.writeTextFile(`${folder}/batches.meta.txt`, "airplane\nautomobile\nbird\n\n");
  await Deno.writeFile(`${folder}/data_batch_10.bin`, records([[2]]));
  await Deno.writeFile(`${folder}/data_batch_2.bin`, records([[0], [1]]));
  await Deno.writeFile(`${folder}/test_batch.bin`, records([[1]]));
  const { train, test, classes } = await openDataset(folder);
  assertEquals(train.map(({ id, labels }) => [id, labels.class]), [
    ["data_batch_2.bin/0", 0],
    ["data_batch_2.bin/1", 1],
    ["data_batch_10.bin/0", 2],
  ]);
  assertEquals(test.length, 1);
  assertEquals(classes.class?.slice(0, 4), ["airplane", "automobile", "bird", "3"]);
  const { width, height, data } = await train[1]!.read();
  assertEquals([width, height, ...data.subarray(0, 6)], [32, 32, 1, 101, 201, 77, 101, 201]);
});

test("cifar() gives CIFAR-100 two levels, in its folder or above it", async (folder) => {
  await Deno.mkdir(`${folder}/cifar-100-binary`);
  await Deno.writeFile(`${folder}/cifar-100-binary/train.bin`, records([[19, 99], [0, 3]]));
  await Deno.writeFile(`${folder}/cifar-100-binary/test.bin`, records([[19, 99]]));
  for (const place of [folder, `${folder}/cifar-100-binary`]) {
    const { train, test, classes } = await openDataset(place);
    assertEquals(train.map(({ labels }) => labels), [{ coarse: 19, fine: 99 }, {
      coarse: 0,
      fine: 3,
    }]);
    assertEquals([test.length, classes.coarse?.length, classes.fine?.length], [1, 20, 100]);
    assertEquals([...(await train[1]!.read()).data.subarray(0, 3)], [1, 101, 201]);
  }
});

test("cifar() refuses damaged files", async (folder) => {
  await Deno.writeFile(`${folder}/data_batch_1.bin`, records([[1]]).subarray(1));
  await assertRejects(() => openDataset(folder), Error, "3072 bytes are no whole number of images");
  await Deno.writeFile(`${folder}/data_batch_1.bin`, records([[10]]));
  await assertRejects(() => openDataset(folder), Error, "image 0 has the class label 10");
});

datasetTest("cifar10", "the binary files hold the pictures of the folders", async (folder) => {
  const binary = await openDataset(`${folder}/cifar-10-batches-bin`);
  assertEquals([binary.train.length, binary.test.length], [2500, 1000]);
  const text = await Deno.readTextFile(`${folder}/index/test_batch.bin.files.txt`);
  const files = text.trim().split("\n");
  for (const i of [0, 1, 999]) {
    const { labels, read } = binary.test[i]!;
    assert(files[i]?.includes(`/${binary.classes.class?.[labels.class!]}/`), files[i]);
    assertEquals(await read(), await decode(`${folder}/${files[i]}`));
  }
});
