import { assert, assertEquals, assertMatch, assertNotEquals, assertRejects } from "@std/assert";
import { encode } from "../images/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import type { ViewOptions, ViewPlan } from "../transforms/mod.ts";
import { openDecoded } from "./decoded_files.ts";
import { batches, type BatchesOptions, imageFolder } from "./mod.ts";

const view: Omit<ViewOptions, "size"> = {
  scale: [0.3, 1],
  flip: 0.5,
  jitter: 0.8,
  jitterStrength: [0.4, 0.4, 0.2, 0.1],
  grayscale: 0.2,
  blur: 0.5,
  solarize: 0,
};
const plan: ViewPlan = [{ name: "all", size: 6, views: [view, view] }];

const noise = (seed: number) => ({
  width: 11,
  height: 8,
  data: Uint8Array.from({ length: 11 * 8 * 3 }, (_, i) => (seed * 97 + i * i * 31) & 255),
});

/** The pixels of three epochs of eight images. */
async function epochs(images: string, options: BatchesOptions): Promise<number[]> {
  const { train } = await imageFolder(images, { scored: false });
  const config = { batchSize: 4, seed: 3, plan };
  const all: number[] = [];
  for await (
    using loaded of batches(train, config, { to: 6, cacheBytes: 0, workers: 0, ...options })
  ) {
    all.push(...loaded.batch.all!.images.dataSync());
  }
  return all;
}

function test(name: string, body: (images: string, decoded: string) => Promise<void>) {
  permittedTest(name, ["read", "write", "ffi", "env"], async () => {
    const folder = await Deno.makeTempDir();
    try {
      const images = `${folder}/images`, decoded = `${folder}/decoded`;
      await Deno.mkdir(images);
      for (let i = 0; i < 8; i++) {
        await Deno.writeFile(`${images}/${i}.png`, await encode(noise(i)));
      }
      await body(images, decoded);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

/** Names and sizes of the files of a folder. */
const filesIn = async (folder: string) => {
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  return names.sort().map((name) => `${name} ${Deno.statSync(`${folder}/${name}`).size}`);
};

test(
  "images that lie decoded give the same batches, and are not written again",
  async (images, decoded) => {
    const expected = await epochs(images, {});
    assertEquals(await epochs(images, { decodedFolder: decoded }), expected);
    assertEquals((await openDecoded(decoded)).size, 8);
    const files = await filesIn(decoded);
    assertEquals(files.length, 2);
    for (const workers of [0, 2]) {
      assertEquals(await epochs(images, { decodedFolder: decoded, workers }), expected);
      assertEquals(await filesIn(decoded), files);
    }
  },
);

test("decoded images are read instead of the files", async (images, decoded) => {
  await epochs(images, { decodedFolder: decoded });
  const expected = await epochs(images, {});
  for (let i = 0; i < 8; i++) { // as long and as old as before, but no images any more
    const path = `${images}/${i}.png`, { size, mtime } = await Deno.stat(path);
    await Deno.writeFile(path, new Uint8Array(size));
    await Deno.utime(path, mtime!, mtime!);
  }
  const { train } = await imageFolder(images, { scored: false });
  await assertRejects(() => train[0]!.read());
  assertEquals(await epochs(images, { decodedFolder: decoded }), expected);
});

test("an image that was written anew is decoded anew", async (images, decoded) => {
  const old = await epochs(images, { decodedFolder: decoded });
  await Deno.writeFile(`${images}/3.png`, await encode(noise(50)));
  await Deno.utime(`${images}/3.png`, new Date(), new Date(Date.now() + 5000));
  const expected = await epochs(images, {});
  assertNotEquals(expected, old);
  assertEquals(await epochs(images, { decodedFolder: decoded }), expected);
  const files = await filesIn(decoded);
  assertEquals(await epochs(images, { decodedFolder: decoded }), expected);
  assertEquals(await filesIn(decoded), files);
});

test("what was cut off or damaged counts as missing", async (images, decoded) => {
  const expected = await epochs(images, { decodedFolder: decoded });
  for await (const { name } of Deno.readDir(decoded)) {
    const path = `${decoded}/${name}`, bytes = await Deno.readFile(path);
    bytes[100]! ^= 1; // in the pixels, or in a line of the index
    await Deno.writeFile(path, bytes.subarray(0, -40));
  }
  assert((await openDecoded(decoded)).size < 8);
  assertEquals(await epochs(images, { decodedFolder: decoded }), expected);
});

test("runs at the same time may keep their images in one folder", async (images, decoded) => {
  const expected = await epochs(images, {});
  const all = await Promise.all(
    [1, 2, 0].map((workers) => epochs(images, { decodedFolder: decoded, workers })),
  );
  for (const run of all) assertEquals(run, expected);
  assertEquals(await epochs(images, { decodedFolder: decoded }), expected);
});

test(
  "where images cannot be written, a sentence says so and the run goes on",
  async (images, decoded) => {
    const expected = await epochs(images, {});
    const lines: string[] = [];
    const { train } = await imageFolder(images, { scored: false });
    const tell = (line: string) => lines.push(line);
    const options = { to: 6, cacheBytes: 0, workers: 1, decodedFolder: decoded, tell };
    const all: number[] = [];
    const loader = batches(train, { batchSize: 4, seed: 3, plan }, options);
    const first = loader.next();
    while (!(await Deno.stat(decoded).catch(() => null))) await new Promise((r) => setTimeout(r));
    await Deno.remove(decoded, { recursive: true });
    await first.then(({ value }) => all.push(...value!.batch.all!.images.dataSync()));
    for await (using loaded of loader) all.push(...loaded.batch.all!.images.dataSync());
    assertEquals(all, expected);
    assertEquals(lines.length, 1);
    assertMatch(
      lines[0]!,
      /^Cannot keep more decoded images in .*decoded: .*; images that do not lie/,
    );
  },
);

test("a folder that cannot be created is refused", async (images) => {
  await assertRejects(
    () => epochs(images, { decodedFolder: `${images}/0.png/decoded` }),
    Error,
    "name a folder that can be written",
  );
});

test("images that are reduced while they are decoded are kept apart", async (images, decoded) => {
  const { default: sharp } = await import("sharp");
  for (let i = 0; i < 8; i++) {
    await sharp(await encode(noise(i))).resize(1400, 1000).jpeg().toFile(`${images}/${i}.jpg`);
    await Deno.remove(`${images}/${i}.png`);
  }
  const whole = await epochs(images, { decodedFolder: decoded });
  const reduced = await epochs(images, { reducedDecoding: true });
  assertNotEquals(reduced, whole);
  assert(reduced.every((value, i) => Math.abs(value - whole[i]!) < 0.5));
  const decodedFolder = decoded;
  for (
    const options of [{ decodedFolder }, { decodedFolder }, { workers: 2 }, { cacheBytes: 1e6 }]
  ) {
    assertEquals(await epochs(images, { reducedDecoding: true, ...options }), reduced);
  }
  assertEquals((await openDecoded(decoded)).size, 16);
  assertEquals(await epochs(images, { decodedFolder: decoded }), whole);
});
