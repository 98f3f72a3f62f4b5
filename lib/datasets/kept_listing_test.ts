import { assertEquals, assertLess, assertNotEquals } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { keptListing } from "./kept_listing.ts";
import { listImages } from "./list_images.ts";
import { openDataset } from "./mod.ts";

/** A folder with two classes of three empty files each, and a place for its listing. */
async function withFolder(fn: (folder: string, store: string) => Promise<void>): Promise<void> {
  const home = await Deno.makeTempDir();
  const folder = `${home}/set`;
  for (const name of ["a", "b"]) {
    await Deno.mkdir(`${folder}/${name}`, { recursive: true });
    for (let i = 0; i < 3; i++) await Deno.writeTextFile(`${folder}/${name}/${i}.png`, "image");
  }
  await Deno.writeTextFile(`${folder}/notes.txt`, "no image");
  await fn(folder, `${home}/listings`);
  await Deno.remove(home, { recursive: true });
}

/** Lists a folder, and says whether its files were looked at. */
async function list(folder: string, store: string) {
  const before = new Map(await times(store));
  const listing = await keptListing(folder, [], { folder: store, least: 1 });
  const after = await times(store);
  return { listing, isKept: after.every(([name, time]) => before.get(name) === time) };
}

async function times(store: string): Promise<[name: string, ino: number | null][]> {
  const entries = await Array.fromAsync(Deno.readDir(store)).catch(() => []);
  return await Promise.all(
    entries.map(async ({ name }) => [name, (await Deno.stat(`${store}/${name}`)).ino] as const),
  ) as [string, number | null][];
}

permittedTest("a listing that is kept is the one that was made", ["read", "write"], async () => {
  await withFolder(async (folder, store) => {
    const expected = await listImages(folder);
    assertEquals(await list(folder, store), { listing: expected, isKept: false });
    assertEquals(await list(folder, store), { listing: expected, isKept: true });
  });
});

permittedTest(
  "a file that comes, goes, is renamed or changes its size has the folder listed anew",
  ["read", "write"],
  async () => {
    const changes: ((folder: string) => Promise<void>)[] = [
      (folder) => Deno.writeTextFile(`${folder}/b/3.png`, "image"),
      (folder) => Deno.remove(`${folder}/a/0.png`),
      (folder) => Deno.rename(`${folder}/a/1.png`, `${folder}/a/9.png`),
      (folder) => Deno.writeTextFile(`${folder}/b/2.png`, "another image"),
      (folder) => Deno.mkdir(`${folder}/c`),
    ];
    for (const change of changes) {
      await withFolder(async (folder, store) => {
        const { listing: before } = await list(folder, store);
        await new Promise((resolve) => setTimeout(resolve, 10)); // times of folders are coarse
        await change(folder);
        const { listing, isKept } = await list(folder, store);
        assertEquals(listing, await listImages(folder));
        assertNotEquals(listing, before);
        assertEquals(isKept, false);
      });
    }
  },
);

permittedTest(
  "a damaged listing, and a place that cannot be written, change nothing",
  ["read", "write"],
  async () => {
    await withFolder(async (folder, store) => {
      const { listing } = await list(folder, store);
      const [{ name }] = await Array.fromAsync(Deno.readDir(store)) as [Deno.DirEntry];
      await Deno.truncate(`${store}/${name}`, 40);
      assertEquals((await list(folder, store)).listing, listing);
      assertEquals((await list(folder, `${folder}/notes.txt/listings`)).listing, listing);
    });
  },
);

permittedTest("a data set is the same from a kept listing", ["read", "write"], async () => {
  await withFolder(async (folder, store) => {
    await keptListing(`${folder}/`, [], { folder: store, least: 1 });
    const facts = async (options: { listings?: string }) => {
      const { train, test, fingerprint, notes } = await openDataset(folder, options);
      const all = [...train, ...test].map(({ id, labels, file }) => ({ id, labels, file }));
      return { all, fingerprint, notes };
    };
    assertEquals(await facts({ listings: store }), await facts({}));
  });
});

permittedTest("the images of ImageNet take less than 300 MB", ["run", "read"], async () => {
  const program = new URL("../testing/many_images.ts", import.meta.url).pathname;
  const args = ["run", "-q", "--no-check", "-P", "--v8-flags=--expose-gc", program];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
  const { bytes } = JSON.parse(new TextDecoder().decode(stdout));
  assertLess(1_281_167 * bytes, 300e6);
});
