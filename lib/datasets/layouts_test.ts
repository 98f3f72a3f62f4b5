import { assertEquals, assertMatch, assertNotEquals, assertRejects } from "@std/assert";
import { encode } from "../images/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { pngFile } from "../testing/png_file.ts";
import { openDataset } from "./mod.ts";
import { partOfFile, partOfFolder } from "./part_names.ts";

const png = () => encode({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3) });

/** A test in a folder that holds files of these names: images of one pixel, or empty texts. */
function test(name: string, files: string[], fn: (folder: string) => Promise<void>) {
  permittedTest(name, ["read", "write", "ffi"], async () => {
    const folder = await Deno.makeTempDir();
    try {
      for (const path of files) await addImage(`${folder}/${path}`);
      await fn(folder);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

async function addImage(path: string): Promise<void> {
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  if (!path.endsWith("/")) await Deno.writeFile(path, await png());
}

/** Paths of images of the classes a and b, two each, below a folder. */
const two = (folder: string) => ["a/1.png", "a/2.png", "b/1.png", "b/2.png"].map((x) => folder + x);
const ids = (samples: { id: string }[]) => samples.map(({ id }) => id);

Deno.test("a folder is a part by its whole name, a file by a word of its name, in any case", () => {
  const train = ["train", "Train", "TRAINING", "training_set", "train-set", "trainset"];
  const other = ["val", "Valid", "validation", "dev", "eval", "test", "Testing", "TEST_SET"];
  for (const name of train) assertEquals(partOfFolder(name)?.part, "train", name);
  for (const name of other) assertEquals(partOfFolder(name)?.part, "test", name);
  for (const name of ["trains", "my train", "testimony", "evaluate", "value", "devil"]) {
    assertEquals(partOfFolder(name), null, name);
  }
  for (const name of ["set-train-000", "TRAIN_0", "a.training_set.1"]) {
    assertEquals(partOfFile(name)?.part, "train", name);
  }
  for (const name of ["x_Valid-01", "imagenet-dev-3", "test0"]) {
    assertEquals(partOfFile(name)?.part, "test", name);
  }
  for (const name of ["latest-0", "trainer", "medieval"]) {
    assertEquals(partOfFile(name), null, name);
  }
});

for (
  const [train, other] of [
    ["Train", "Test"],
    ["train", "valid"],
    ["training_set", "test_set"],
    ["TRAINING", "Validation"],
    ["train", "dev"],
    ["Train", "eval"],
    ["train", "testing"],
  ]
) {
  test(
    `${train}/ and ${other}/ are the parts`,
    [...two(`${train}/`), `${other}/a/3.png`],
    async (folder) => {
      const { train: learn, test, classes, notes } = await openDataset(folder);
      assertEquals(ids(learn), two(`${train}/`));
      assertEquals([ids(test), classes, notes], [[`${other}/a/3.png`], { class: ["a", "b"] }, []]);
    },
  );
}

test(
  "of several parts to be scored on the first is taken; what else lies beside is named",
  [...two("train/"), "test/a/3.png", "valid/a/4.png", "more/a/5.png", "6.png", "7.png"],
  async (folder) => {
    await Deno.writeTextFile(`${folder}/old.tar`, "");
    await Deno.writeTextFile(`${folder}/README.md`, "");
    const { test, notes } = await openDataset(folder);
    assertEquals(ids(test), ["valid/a/4.png"]);
    assertEquals(notes, [
      "beside train/ and valid/, these are left aside: more/, test/, old.tar, 2 images",
      "1 file that is no image is left out: 1 .md",
    ]);
  },
);

test(
  "a class may be called train",
  ["train/1.png", "train/2.png", "car/1.png", "bus/2.png"],
  async (folder) => {
    const { classes, notes } = await openDataset(folder);
    assertEquals(classes, { class: ["bus", "car", "train"] });
    assertEquals(notes, [
      "train/ is taken for a class: it lies beside others and holds no classes",
    ]);
  },
);

test(
  "a class may be called test, and a test part may lie beside the classes",
  [...two(""), "test/1.png", "test/2.png"],
  async (folder) => {
    const { classes, notes } = await openDataset(folder);
    assertEquals(classes, { class: ["a", "b", "test"] });
    assertEquals(notes?.length, 1);
    await Deno.remove(`${folder}/test`, { recursive: true });
    await addImage(`${folder}/test/a/1.png`);
    const data = await openDataset(folder);
    assertEquals([ids(data.train), ids(data.test)], [two(""), ["test/a/1.png"]]);
  },
);

test(
  "train/ and test/ without class folders are parts without labels",
  ["train/1.png", "train/2.png", "test/3.png", "masks/1.png"],
  async (folder) => {
    const { train, test, classes, notes } = await openDataset(folder);
    assertEquals([ids(train), test, classes], [["train/1.png", "train/2.png"], [], {}]);
    assertEquals(notes, ["beside train/ and test/, these are left aside: masks/"]);
  },
);

test(
  "train/ and val/ without class folders are classes beside two others",
  ["train/1.png", "val/2.png", "car/3.png", "plane/4.png"],
  async (folder) => {
    const { train, test, classes, notes } = await openDataset(folder);
    assertEquals(ids([...train, ...test]).length, 4);
    assertEquals(classes, { class: ["car", "plane", "train", "val"] });
    assertEquals(notes, [
      "train/ and val/ are taken for classes: they lie beside others and hold none",
    ]);
    await Deno.remove(`${folder}/val`, { recursive: true });
    await addImage(`${folder}/val/car/5.png`);
    const parts = await openDataset(folder, { scored: false });
    assertEquals(ids(parts.train), ["train/1.png"]);
    assertMatch(parts.notes?.[0] ?? "", /these are left aside: car\/, plane\//);
  },
);

test(
  "train/, val/ and test/ without class folders are parts, and no classes",
  ["train/1.png", "val/2.png", "test/3.png", "dev/4.png"],
  async (folder) => {
    const { train, classes, notes } = await openDataset(folder);
    assertEquals([ids(train), classes], [["train/1.png"], {}]);
    assertEquals(notes, ["beside train/ and val/, these are left aside: dev/, test/"]);
  },
);

test(
  "classes that look like parts, or hold what looks like parts, are named",
  ["seg_train/a/1.png", "seg_test/a/1.png"],
  async (folder) => {
    const { notes } = await openDataset(folder);
    assertMatch(notes?.[0] ?? "", /^the classes seg_train, seg_test look like parts/);
    await Deno.rename(`${folder}/seg_train`, `${folder}/train`);
    await Deno.rename(`${folder}/seg_test`, `${folder}/test`);
    await Deno.mkdir(`${folder}/above`);
    for (const part of ["train", "test"]) {
      await Deno.rename(`${folder}/${part}`, `${folder}/above/${part}`);
    }
    const above = await openDataset(folder);
    assertMatch(above.notes?.[0] ?? "", /^above\/ holds train\/ and test\/, which are not taken/);
  },
);

test(
  "folders and files of the system are no classes and no images",
  [
    ...two(""),
    "@eaDir/x.jpg/THUMB.jpg",
    "a/@eaDir/1.png/THUMB.jpg",
    "lost+found/1.png",
    "__MACOSX/a/1.png",
    "$RECYCLE.BIN/1.png",
    "System Volume Information/1.png",
    ".git/1.png",
    ".ipynb_checkpoints/1.png",
    "a/._1.png",
    "a/Thumbs.db",
  ],
  async (folder) => {
    const { train, test, classes, notes } = await openDataset(folder);
    assertEquals(ids([...train, ...test]).sort(), two(""));
    assertEquals(classes, { class: ["a", "b"] });
    assertEquals(notes?.length, 1);
    assertMatch(notes?.[0] ?? "", /^folders of the system are left out: /);
  },
);

test("first bytes tell images of any ending; other files are counted", [], async (folder) => {
  await Deno.mkdir(`${folder}/a`);
  for (const name of ["1.jfif", "2", "3.JPE", "4.image", "5.png"]) {
    await Deno.writeFile(`${folder}/a/${name}`, await png());
  }
  for (const name of ["x.xml", "y.XML", "z.heic", "none", "w.foo"]) {
    await Deno.writeTextFile(`${folder}/a/${name}`, "text");
  }
  const { train, test, notes } = await openDataset(folder);
  assertEquals(ids([...train, ...test]).length, 5);
  for (const sample of train) assertEquals((await sample.read()).width, 1);
  assertEquals(notes, [
    "5 files that are no images are left out: 1 without an ending, 1 .foo, 1 .heic, 2 .xml",
  ]);
});

test("links to folders are folders", two("store/train/"), async (folder) => {
  await addImage(`${folder}/store/val/a/3.png`);
  await Deno.mkdir(`${folder}/set`);
  await Deno.symlink("../store/train", `${folder}/set/train`);
  await Deno.symlink("../store/val", `${folder}/set/val`);
  await Deno.writeTextFile(`${folder}/set/backup.tar`, "");
  const { train, test, notes } = await openDataset(`${folder}/set`);
  assertEquals([ids(train), ids(test)], [two("train/"), ["val/a/3.png"]]);
  assertEquals(notes, ["beside train/ and val/, these are left aside: backup.tar"]);
});

test(
  "a class in two Unicode forms is one class",
  ["train/caf\u00e9/1.png", "train/b/1.png", "val/cafe\u0301/2.png", "val/b/1.png"],
  async (folder) => {
    const { train, test, classes, notes } = await openDataset(folder);
    assertEquals(classes, { class: ["b", "caf\u00e9"] });
    assertEquals([...train, ...test].map(({ labels }) => labels.class), [0, 1, 0, 1]);
    assertEquals(notes, [
      "caf\u00e9 is spelled in two Unicode forms, which are taken for one class",
    ]);
    for (const sample of test) assertEquals((await sample.read()).width, 1);
  },
);

test("names that are no UTF-8 are named", two(""), async (folder) => {
  // Deno cannot write such names; it reads them as this one, by which there is no file.
  const { readDir } = Deno;
  Deno.readDir = (path) => {
    if (!String(path).endsWith("/a")) return readDir(path);
    const entry = { name: "caf\ufffd.png", isFile: true, isDirectory: false, isSymlink: false };
    return (async function* () {
      yield* readDir(path);
      yield entry;
    })();
  };
  try {
    const { notes } = await openDataset(folder);
    assertMatch(notes?.[0] ?? "", /^a\/caf\ufffd.png is left out, .* no UTF-8; .* convmv /);
  } finally {
    Deno.readDir = readDir;
  }
});

test("control characters of names are escaped in messages", two("train/"), async (folder) => {
  await addImage(`${folder}/train/\x1b[2Jstray\n.png`);
  await addImage(`${folder}/val/\x1bc/1.png`);
  const { message } = await assertRejects(() => openDataset(folder), Error);
  assertMatch(message, /its class "\\x1bc" is not among the 2 of/);
  const { notes } = await openDataset(folder, { scored: false });
  assertEquals(notes?.[0], "train/\\x1b[2Jstray\\n.png lies in no class folder and is left out");
});

test(
  "a fingerprint depends on paths and sizes, not on the folder's name or on times",
  two("set/train/"),
  async (folder) => {
    const { fingerprint } = await openDataset(`${folder}/set`);
    await Deno.utime(`${folder}/set/train/a/1.png`, 1, 1);
    await Deno.rename(`${folder}/set`, `${folder}/other`);
    assertEquals((await openDataset(`${folder}/other`)).fingerprint, fingerprint);
    await Deno.writeFile(`${folder}/other/train/a/1.png`, new Uint8Array(9), { append: true });
    const grown = (await openDataset(`${folder}/other`)).fingerprint;
    assertNotEquals(grown, fingerprint);
    await Deno.rename(`${folder}/other/train/a/2.png`, `${folder}/other/train/b/3.png`);
    assertNotEquals((await openDataset(`${folder}/other`)).fingerprint, grown);
  },
);

test(
  "a bounded number of folders and files is open at a time, whatever their number",
  Array.from({ length: 150 }, (_, i) => `class ${i}/x`),
  async (folder) => {
    const { readDir, readFile, open } = Deno;
    let now = 0, most = 0;
    const counted = async <T>(work: () => Promise<T>): Promise<T> => {
      most = Math.max(most, ++now);
      try {
        return await work();
      } finally {
        now--;
      }
    };
    Deno.readDir = (path) => ({
      async *[Symbol.asyncIterator]() {
        yield* await counted(() => Array.fromAsync(readDir(path)));
      },
    });
    Deno.readFile = (...args) => counted(() => readFile(...args));
    Deno.open = (...args) => counted(() => open(...args));
    try {
      const { train } = await openDataset(folder); // each class keeps its only image
      await Promise.all(train.map((sample) => sample.read()));
      assertEquals([train.length, most], [150, 32]);
    } finally {
      Object.assign(Deno, { readDir, readFile, open });
    }
  },
);

test("gray of sixteen bits is told, as most of its pixels become white", [], async (folder) => {
  const deep = pngFile([1, 2, 3], { bits: 16, color: 0 });
  for (const name of ["a", "b"]) {
    await Deno.mkdir(`${folder}/${name}`);
    await Deno.writeFile(`${folder}/${name}/1.png`, deep);
  }
  const { notes } = await openDataset(folder);
  assertMatch(notes?.join() ?? "", /^a\/1\.png is gray of sixteen bits, .* becomes white/);
});
