import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { encode } from "../images/mod.ts";
import { imageFolder } from "./image_folder.ts";

const allowed = await Promise.all(
  (["read", "write", "ffi"] as const).map((name) => Deno.permissions.query({ name })),
).then((all) => all.every(({ state }) => state === "granted"));

/** A test in a folder of its own, with files of one even pixel whose red is given. */
function test(name: string, files: Record<string, number>, fn: (folder: string) => Promise<void>) {
  Deno.test({
    name: allowed ? name : `${name} (needs read, write and ffi)`,
    ignore: !allowed,
    fn: async () => {
      const folder = await Deno.makeTempDir();
      try {
        for (const [path, red] of Object.entries(files)) {
          await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
          const png = await encode({ width: 1, height: 1, data: Uint8Array.of(red, 0, 0) });
          await Deno.writeFile(`${folder}/${path}`, png);
        }
        await fn(folder);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

const split = {
  "train/b/2.png": 2,
  "train/b/10.png": 10,
  "train/a cat/Ü.PNG": 3,
  "val/a cat/deep/x.png": 4,
};

test("imageFolder() takes train and val, classes sorted by name", split, async (folder) => {
  const { train, test, classes } = await imageFolder(folder);
  assertEquals(classes, { class: ["a cat", "b"] });
  assertEquals(train.map(({ id, labels }) => [id, labels.class]), [
    ["train/a cat/Ü.PNG", 0],
    ["train/b/10.png", 1],
    ["train/b/2.png", 1],
  ]);
  assertEquals(test.map(({ id, labels }) => [id, labels.class]), [["val/a cat/deep/x.png", 0]]);
  const reds = await Promise.all(train.map(async (sample) => (await sample.read()).data[0]));
  assertEquals(reds, [3, 10, 2]);
});

const classes = Object.fromEntries(
  Array.from({ length: 20 }, (_, i) => [`${i < 10 ? "x" : "y"}/${i}.png`, i]),
);

test(
  "imageFolder() holds out a part of every class if there is no split",
  classes,
  async (folder) => {
    const { train, test } = await imageFolder(folder, { testPart: 0.3 });
    assertEquals([train.length, test.length], [14, 6]);
    assertEquals(test.filter(({ labels }) => labels.class === 0).length, 3);
  },
);

test("imageFolder() takes images without classes for pre-training only", {
  "1.png": 1,
  "more/2.png": 2,
}, async (folder) => {
  const { train, test, classes } = await imageFolder(folder);
  assertEquals(train.map(({ id, labels }) => [id, labels]), [["1.png", {}], ["more/2.png", {}]]);
  assertEquals([test, classes], [[], {}]);
});

test("imageFolder() ignores hidden files, other files and links in a circle", {
  "x/1.png": 1,
  "x/2.png": 2,
  "x/.hidden.png": 3,
  "x/notes.txt": 4,
}, async (folder) => {
  await Deno.symlink("..", `${folder}/x/up`);
  await Deno.symlink("nowhere.png", `${folder}/x/lost.png`);
  const { train, test } = await imageFolder(folder);
  assertEquals([...train, ...test].map(({ id }) => id).sort(), ["x/1.png", "x/2.png"]);
});

test("imageFolder() says in one sentence what is wrong", { "a.txt": 0 }, async (folder) => {
  const wrong: [string, RegExp][] = [
    [
      `${folder}/nowhere`,
      /^Cannot read images from .*nowhere: there is no such folder; see that its path is right$/,
    ],
    [`${folder}/a.txt`, /^Cannot read images from .*a\.txt: it is a file; name the folder /],
    [folder, /^Cannot find images in .*: no file there ends in \.jpg, /],
  ];
  for (const [path, expected] of wrong) {
    const { message } = await assertRejects(() => imageFolder(path), Error);
    assertMatch(message, expected);
  }
});

test("imageFolder() refuses a test class that is not learned", {
  "train/a/1.png": 1,
  "test/b/2.png": 2,
}, async (folder) => {
  await assertRejects(() => imageFolder(folder), Error, 'its class "b" is not among the 1 of');
});

test("imageFolder() refuses a test image that lies in no class", {
  "train/a/1.png": 1,
  "val/2.png": 2,
}, async (folder) => {
  await assertRejects(() => imageFolder(folder), Error, "its image val/2.png lies in no class");
});

test("imageFolder() takes the folder's own name, however it is reached", {
  "a/1.png": 1,
}, async (folder) => {
  assertEquals((await imageFolder(`${folder}/a/..`)).name, folder.split("/").at(-1));
});
