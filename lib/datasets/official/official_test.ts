import { assertEquals, assertRejects } from "@std/assert";
import { permittedTest } from "../../testing/permitted.ts";
import { openDataset } from "../mod.ts";

function test(name: string, fn: (folder: string) => Promise<void>) {
  permittedTest(name, ["read", "write"], async () => {
    const folder = await Deno.makeTempDir();
    await fn(folder);
    await Deno.remove(folder, { recursive: true });
  });
}

const categories = ["cat", "dog"].map((name, id) => ({ id, name, genus: "g" }));

async function writeInaturalist(folder: string, test: string[]): Promise<void> {
  const part = (paths: string[], ids: number[]) => ({
    images: paths.map((file_name) => ({ file_name })),
    annotations: ids.map((category_id) => ({ category_id })),
  });
  const files = {
    "categories.json": categories,
    "train2018.json": part(["t/x/1/a.jpg", "t/x/0/b.jpg"], [1, 0]),
    "val2018.json": part(test, [0]),
  };
  for (const [name, content] of Object.entries(files)) {
    await Deno.writeTextFile(`${folder}/${name}`, JSON.stringify(content));
  }
}

test("iNaturalist numbers classes as they first appear, at the levels that are there", async (folder) => {
  await writeInaturalist(folder, ["t/x/0/c.jpg"]);
  const { train, test, classes, usual } = await openDataset(folder);
  assertEquals(classes, { genus: ["g"], name: ["dog", "cat"] });
  assertEquals(train.map(({ labels }) => labels.name), [0, 1]);
  assertEquals(test.map(({ labels }) => labels), [{ genus: 0, name: 1 }]);
  assertEquals(usual?.level, "name");
});

test("annotations that cannot be used are refused in a sentence", async (folder) => {
  await writeInaturalist(folder, ["t/x/7/c.jpg"]);
  await assertRejects(
    () => openDataset(folder),
    Error,
    "val2018.json: the category of t/x/7/c.jpg has no image to learn from; fetch it again",
  );
  await Deno.writeTextFile(`${folder}/train2018.json`, "{");
  await assertRejects(() => openDataset(folder), Error, "train2018.json: it is no JSON");
  await Deno.remove(`${folder}/train2018.json`);
  await Deno.writeTextFile(`${folder}/cars_annos.mat`, "?");
  await assertRejects(() => openDataset(folder), Error, "it is no MATLAB file of version 5");
});
