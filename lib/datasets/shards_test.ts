import { Buffer } from "node:buffer";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { Header } from "tar/header";
import { Pax } from "tar/pax";
import { encode } from "../images/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { openDataset } from "./mod.ts";
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
