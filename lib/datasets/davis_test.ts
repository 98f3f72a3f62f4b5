import { assertEquals, assertRejects } from "@std/assert";
import { blank, encode, encodeMask } from "../images/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { openDavis } from "./mod.ts";

const permissions = ["read", "write", "env", "ffi", "sys"] as const;

/** Writes videos of two frames of 4 x 2 pixels; the masks hold one label each. */
async function written(videos: Record<string, number[]>): Promise<string> {
  const root = await Deno.makeTempDir();
  for (const [name, labels] of Object.entries(videos)) {
    const [images, masks] = ["JPEGImages", "Annotations"].map((part) =>
      `${root}/${part}/480p/${name}`
    );
    for (const folder of [images!, masks!]) await Deno.mkdir(folder, { recursive: true });
    for (const file of ["00000", "00001"]) {
      await Deno.writeFile(`${images}/${file}.jpg`, await encode(blank(4, 2)));
    }
    for (const [i, label] of labels.entries()) {
      const mask = { width: 4, height: 2, data: new Uint8Array(8).fill(label, 4) };
      await Deno.writeFile(`${masks}/0000${i}.png`, await encodeMask(mask));
    }
  }
  return root;
}

permittedTest("videos are opened as the newest list says, else all", permissions, async () => {
  const root = await written({ b: [1, 2], a: [1, 1] });
  const names = async (part?: string) =>
    (await openDavis(root, { part })).videos.map(({ name }) => name);
  assertEquals(await names(), ["a", "b"]);
  for (const [year, list] of [["2016", "a"], ["2017", "b"]]) {
    await Deno.mkdir(`${root}/ImageSets/${year}`, { recursive: true });
    await Deno.writeTextFile(`${root}/ImageSets/${year}/val.txt`, `${list}\n`);
  }
  assertEquals(await names(), ["b"]);
  await assertRejects(() => names("test"), Error, "Cannot find the list test.txt");
  const { videos: [video] } = await openDavis(root);
  const [, second] = video!.frames;
  assertEquals([...(await second!.mask!()).data], [0, 0, 0, 0, 2, 2, 2, 2]);
  await Deno.remove(root, { recursive: true });
});

permittedTest("the object of a binary mask is object 1", permissions, async () => {
  const root = await written({ a: [255] });
  const { videos: [video] } = await openDavis(root);
  const [first, second] = video!.frames;
  assertEquals([...(await first!.mask!()).data], [0, 0, 0, 0, 1, 1, 1, 1]);
  assertEquals(second!.mask, null);
  await Deno.remove(root, { recursive: true });
});

permittedTest(
  "another layout, or a video without its first mask, is refused",
  permissions,
  async () => {
    const root = await written({ a: [] });
    await assertRejects(() => openDavis(root), Error, "it has 2 frames and 0 masks");
    await Deno.remove(`${root}/JPEGImages`, { recursive: true });
    await assertRejects(() => openDavis(root), Error, "it has no JPEGImages; there must be");
    await Deno.remove(root, { recursive: true });
  },
);
