import { Buffer } from "node:buffer";
import { assert } from "@std/assert";
import { Header } from "tar/header";
import { Pax } from "tar/pax";
import { Random } from "../random/mod.ts";
import { damage } from "../testing/damage.ts";
import { permittedTest } from "../testing/permitted.ts";
import { cifarFolder } from "./cifar.ts";
import { tarIndex } from "./tar_index.ts";

/** Damaged files of each kind. */
const COUNT = 250;

/** Damages a file again and again, and sees that each is read, or refused by a sentence. */
function test(
  name: string,
  { file, whole, read, repair }: {
    file: string;
    whole: Uint8Array;
    read(folder: string): Promise<void>;
    /** Makes every second file one whose checksums do not tell that it is damaged. */
    repair?(bytes: Uint8Array): void;
  },
) {
  permittedTest(name, ["read", "write"], async () => {
    const folder = await Deno.makeTempDir();
    for (let seed = 0; seed < COUNT; seed++) {
      const bytes = damage(whole, new Random(`${file}/${seed}`));
      if (seed % 2) repair?.(bytes);
      await Deno.writeFile(`${folder}/${file}`, bytes);
      await read(folder).catch((error) => {
        assert(
          /^Cannot read .*\/[a-z0-9_.]+: .*; /s.test(error.message),
          `${seed}: ${error.stack}`,
        );
      });
    }
    await Deno.remove(folder, { recursive: true });
  });
}

const random = new Random("files");
const noise = (length: number) => Uint8Array.from({ length }, () => random.integer(256));

function member(path: string, content: Uint8Array): Uint8Array[] {
  const header = new Header({ path, size: content.length, mode: 0o644, type: "File" });
  header.encode();
  return [header.block!, content, new Uint8Array(-content.length & 511)];
}

/** Gives all headers of an archive valid checksums. */
function repair(archive: Uint8Array): void {
  for (let at = 0; at + 512 <= archive.length; at += 512) {
    const header = archive.subarray(at, at + 512);
    if (String.fromCharCode(...header.subarray(257, 262)) !== "ustar") continue;
    header.fill(0x20, 148, 156);
    const sum = header.reduce((a, b) => a + b).toString(8).padStart(6, "0");
    header.set(new TextEncoder().encode(`${sum}\0 `), 148);
  }
}

test("tarIndex() reads or refuses damaged archives", {
  file: "0.tar",
  whole: Buffer.concat([
    ...member("a.png", noise(300)),
    ...member("a.cls", new TextEncoder().encode("7")),
    new Pax({ path: "é".repeat(90), size: 9 }).encode(),
    ...member("x", new TextEncoder().encode("long name")),
    ...member(`${"folder/".repeat(20)}b.json`, new TextEncoder().encode('{"label": 3}')),
    new Uint8Array(1024),
  ]),
  read: async (folder) => {
    const { size: total } = await Deno.stat(`${folder}/0.tar`);
    for (const { offset, size } of await tarIndex(`${folder}/0.tar`, () => true)) {
      assert(size >= 0 && offset + size <= total);
    }
  },
  repair,
});

test("cifarFolder() reads or refuses damaged files", {
  file: "data_batch_1.bin",
  whole: noise(5 * 3073).map((byte, i) => i % 3073 === 0 ? byte % 10 : byte),
  read: async (folder) => {
    const { train, test } = (await cifarFolder(folder))!;
    for (const { labels, read } of [...train, ...test]) {
      assert(labels.class! < 10);
      const { data } = await read();
      assert(data.length === 3072);
    }
  },
});
