import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { type Dataset, labelShare, listed, openDataset } from "./mod.ts";

type Case = {
  list_text: string;
  class_num: number;
  samples?: [string, number][];
  error?: string;
};

golden("downstream/semi_subset", "lists are read as the original reads them", async (g) => {
  const folder = await Deno.makeTempDir();
  for (const path of g.json.tree as string[]) {
    await Deno.mkdir(`${folder}/${path}/..`, { recursive: true });
    await Deno.writeTextFile(`${folder}/${path}`, "");
  }
  const { train, test, ...rest } = await openDataset(folder);
  const byId = (a: { id: string }, b: { id: string }) => a.id < b.id ? -1 : 1;
  const data = { ...rest, train: [...train, ...test].sort(byId), test: [] };
  const cases: [string, Case][] = Object.entries(g.json.cases);
  assertGreater(cases.length, 0);
  for (const [name, { list_text, class_num, samples, error }] of cases) {
    const chosen = listed(data, list_text, { asOriginal: true, classes: class_num });
    if (error) await assertRejects(() => chosen, Error, "Cannot learn from", name);
    else {
      const { train } = await chosen;
      assertEquals(train.map(({ id, labels }) => [id, labels.class]), samples, name);
    }
  }
  await Deno.remove(folder, { recursive: true });
}, { files: "semi_subset.json" });

/** Images a1.png to a3.png of a class a, and so on. */
function data(counts: Record<string, number>): Dataset {
  const train = Object.entries(counts).flatMap(([name, count], label) =>
    Array.from({ length: count }, (_, i) => ({
      id: `train/${name}/${name}${i + 1}.png`,
      labels: { class: label },
      read: () => Promise.reject(new Error("Cannot read it")),
    }))
  );
  return { name: "x", train, test: [], classes: { class: Object.keys(counts) }, fingerprint: "f" };
}

const names = ({ train }: Dataset) => train.map(({ id }) => id.split("/").at(-1));

Deno.test("listed() takes the last line as it is, and without a character too many", async () => {
  for (const last of ["b2.png", "b2.pngn", "b2.png\n"]) {
    assertEquals(names(await listed(data({ a: 3, b: 3 }), `a1.png\n${last}`)), [
      "a1.png",
      "b2.png",
    ]);
  }
  const asOriginal = await listed(data({ a: 3, b: 3 }), "a1.png\nb1.png\nb2.png", {
    asOriginal: true,
  });
  assertEquals(names(asOriginal), ["a1.png", "b1.png"]);
});

Deno.test("listed() passes over folders of names, empty lines and repetitions", async () => {
  const { train, fingerprint, notes } = await listed(
    data({ a: 3, b: 3 }),
    "a/a1.png\r\n\r\nb/b1.png\r\na1.png\r\n",
  );
  assertEquals([train.length, notes], [
    2,
    ["2 of 6 images to learn from are those of the list"],
  ]);
  assert(fingerprint !== "f");
});

Deno.test("listed() refuses a list that names no image, or none of a class", async () => {
  for (const text of ["", "x.png\n"]) {
    await assertRejects(
      () => listed(data({ a: 1, b: 1 }), text, { name: "my.txt" }),
      Error,
      "Cannot learn from my.txt: it names none of the 2 images to learn from; give file names " +
        "such as a1.png",
    );
  }
  await assertRejects(
    () => listed(data({ a: 1, b: 1 }), "a1.png\n"),
    Error,
    "it names no image of b; add one",
  );
});

Deno.test("labelShare() draws equally many of every class, by the seed", async () => {
  const all = data({ a: 30, b: 30, c: 1 });
  const some = await labelShare(all, 0.1);
  assertEquals(Object.groupBy(some.train, ({ labels }) => labels.class!)[0]?.length, 2);
  assertEquals([some.train.length, some.fingerprint === all.fingerprint], [5, false]);
  assertEquals(names(await labelShare(all, 0.1)), names(some));
  assert(String(names(await labelShare(all, 0.1, { seed: 1 }))) !== String(names(some)));
  assertEquals(names(await labelShare(all, 1)).length, 41);
});

Deno.test("labelShare() refuses a share that is none, and images without labels", async () => {
  for (const share of [0, -1, 1.5, NaN]) {
    await assertRejects(() => labelShare(data({ a: 2 }), share), RangeError, "`labelShare`");
  }
  const bare = { ...data({ a: 2 }), classes: {} };
  await assertRejects(() => labelShare(bare, 0.5), RangeError, "it has no labels");
});
