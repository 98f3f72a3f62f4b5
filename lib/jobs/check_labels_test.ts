import { assertEquals, assertRejects } from "@std/assert";
import type { LabeledSet } from "../datasets/mod.ts";
import { blank } from "../images/mod.ts";
import { checkLabels } from "./check_labels.ts";

/** A set of two classes, with the classes of the four pixels of each validation image. */
function set(...masks: number[][]): LabeledSet {
  const test = masks.map((labels, i) => ({
    id: String(i),
    read: () => Promise.resolve(blank(2, 2)),
    mask: () => Promise.resolve({ width: 2, height: 2, data: Uint8Array.from(labels) }),
  }));
  return { name: "pixels", train: [], test, classes: ["dark", "bright"], fingerprint: "" };
}

async function notes(data: LabeledSet, reduceZeroLabel = true): Promise<string[]> {
  const lines: string[] = [];
  await checkLabels(data, { reduceZeroLabel, observer: { tell: (line) => lines.push(line) } });
  return lines;
}

Deno.test("labels that seem to count from 0 are told of, others are not", async () => {
  const [line, ...more] = await notes(set([255, 0, 0, 255], [255, 255, 255, 255]));
  assertEquals(more, []);
  assertEquals(
    line,
    "note: none of 2 validation masks holds label 2, and label 0 is taken for no class: " +
      "`reduceZeroLabel: false` takes it for the first one",
  );
  assertEquals(await notes(set([255, 0, 0, 255], [255, 1, 255, 255])), []);
  assertEquals(await notes(set([0, 0, 0, 0])), []);
  assertEquals(await notes(set([0, 0, 255, 0]), false), []);
});

Deno.test("a set without any class to be scored is refused", async () => {
  const message = "Cannot score on pixels: no pixel of its validation images has a class";
  const none = set([255, 255, 255, 255], [255, 255, 255, 255]);
  await assertRejects(() => notes(none), Error, `${message}; label 0 is taken for none`);
  await assertRejects(() => notes(none, false), Error, message);
});

Deno.test("a set without any class to learn from is refused", async () => {
  const { test: train } = set([255, 255, 255, 255]);
  const { test } = set([0, 1, 0, 1]);
  const message = "Cannot learn from pixels: no pixel of its training images has a class";
  await assertRejects(() => notes({ ...set(), train, test }), Error, message);
  assertEquals(await notes({ ...set(), train: test, test }), []);
});
