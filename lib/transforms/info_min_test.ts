import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { Filter, Image } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import { type Golden, golden } from "../testing/goldens.ts";
import { gaussianFilter, jigsaw, type Operation, operationLists, toFractions } from "./mod.ts";

/** A picture of a file. */
function pictureOf(g: Golden, name: string): Image {
  const [height, width] = g.shape(name) as [number, number, number];
  return { width, height, data: Uint8Array.from(g.values(name)) };
}

golden("methods/info_min/augment", "RandAugment's original operations are InfoMin's", (g) => {
  const operations: Record<string, Operation> = operationLists.original;
  const { ops: official, fill } = g.json.policy;
  assertEquals(Object.keys(operations), official);
  for (const { tensor, op, magnitude, sign, level_args, resample } of g.json.ops) {
    const { level, apply } = operations[op]!;
    const amount = level(magnitude, sign ?? 1);
    if (level_args.length) assertAlmostEquals(amount, level_args[0], 1e-12, op);
    const image = pictureOf(g, "randaugment.image");
    const output = apply(image, amount, { filter: resample as Filter, fill }) ?? image;
    g.near(output.data, tensor);
  }
});

golden("methods/info_min/augment", "patches of a jigsaw are InfoMin's", (g) => {
  const names = ["row", "column"].map((name) => Array.from(g.values(`jigsaw.offset_${name}`)));
  const offsets = names[0]!.flatMap((row, i) => [row, names[1]![i]!]).values();
  const [count, patch] = g.shape("jigsaw.crops") as [number, number];
  const image = pictureOf(g, "jigsaw.image");
  const patches = jigsaw(image, { grid: Math.sqrt(count), patch }, {
    integer: () => offsets.next().value!,
  });
  const data = new Uint8Array(patches.flatMap(({ data }) => Array.from(data)));
  g.near(data, "jigsaw.crops");
});

golden("methods/info_min/augment", "the blur is InfoMin's", (g) => {
  const { kernel, sigma: sigmas } = g.json.blur;
  for (const [i, sigma] of sigmas.entries()) {
    const image = toFractions(pictureOf(g, "blur.image"));
    gaussianFilter(image, { sigma, radius: (kernel - 1) / 2, border: "reflect" });
    g.near(image.data.map((value) => Math.floor(255 * value)), `blur.sigma${i}`);
  }
});

Deno.test("jigsaw() cuts each patch out of its own cell", () => {
  const data = Uint8Array.from({ length: 4 * 4 * 3 }, (_, i) => i);
  const patches = jigsaw({ width: 4, height: 4, data }, { grid: 2, patch: 2 }, new Random(0));
  assertEquals(patches.map(({ data }) => data[0]), [0, 6, 24, 30]);
});

Deno.test("jigsaw() refuses patches that are larger than a cell", () => {
  const image = { width: 4, height: 4, data: new Uint8Array(48) };
  const cut = () => jigsaw(image, { grid: 2, patch: 3 }, new Random(0));
  assertThrows(cut, RangeError, "cells of 2 x 2 px");
});
