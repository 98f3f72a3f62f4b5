import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { Dataset } from "../datasets/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { readLevels, withLevels } from "./levels.ts";

const sample = (label: number) => ({
  id: `${label}`,
  labels: { class: label },
  read: () => Promise.reject(new Error("not read")),
});
const data: Dataset = {
  name: "set",
  train: [sample(0), sample(1), sample(2)],
  test: [sample(2)],
  classes: { class: ["lion", "teapot", "frog"] },
  fingerprint: "set",
};
const kinds = { kind: { animals: ["frog", "lion"], things: ["teapot"] } };

Deno.test("withLevels() puts coarser labels before those of the classes", () => {
  const { train, test, classes } = withLevels(data, kinds);
  assertEquals(classes, { kind: ["animals", "things"], class: ["lion", "teapot", "frog"] });
  assertEquals(train.map(({ labels }) => labels), [
    { kind: 0, class: 0 },
    { kind: 1, class: 1 },
    { kind: 0, class: 2 },
  ]);
  assertEquals(test[0]!.labels, { kind: 0, class: 2 });
});

Deno.test("withLevels() keeps how samples of a class are read", async () => {
  class Stored {
    readonly id = "stored";
    readonly labels = { class: 0 };
    readonly #image = { width: 1, height: 1, data: new Uint8Array(3) };
    read() {
      return Promise.resolve(this.#image);
    }
  }
  const { train } = withLevels({ ...data, train: [new Stored()] }, kinds);
  assertEquals([train[0]!.id, (await train[0]!.read()).width], ["stored", 1]);
});

Deno.test("withLevels() refuses a class that is in no group, or in two", () => {
  const missing = { kind: { animals: ["lion"], things: ["teapot"] } };
  assertThrows(() => withLevels(data, missing), RangeError, "frog at the level kind: it is in 0");
  const twice = { kind: { animals: ["lion", "frog", "teapot"], things: ["teapot"] } };
  assertThrows(() => withLevels(data, twice), RangeError, "it is in 2 groups");
  assertThrows(() => withLevels(withLevels(data, kinds), kinds), RangeError, "and it has 2");
});

permittedTest("readLevels() refuses what does not divide classes", ["read", "write"], async () => {
  const path = await Deno.makeTempFile();
  for (const text of ["no JSON", "[]", '{"kind": ["lion"]}', '{"kind": {"animals": 3}}']) {
    await Deno.writeTextFile(path, text);
    await assertRejects(() => readLevels(path), SyntaxError, "Cannot read levels");
  }
  await Deno.writeTextFile(path, JSON.stringify(kinds));
  assertEquals(await readLevels(path), kinds);
  await Deno.remove(path);
});
