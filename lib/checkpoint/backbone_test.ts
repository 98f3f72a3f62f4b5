import { assertEquals, assertThrows } from "@std/assert";
import { findBackbone, shapes, type Sizes } from "./backbone.ts";
import type { Safetensors, Stored } from "./safetensors.ts";

const sizes: Sizes = {
  imageSize: 16,
  patchSize: 8,
  width: 6,
  depth: 2,
  heads: 3,
  mlpRatio: 2,
  relationBlocks: 1,
};

/** A file with a backbone of zeros under a prefix. */
function file(prefix: string, config: unknown = { heads: 3 }, own = sizes): Safetensors {
  const tensors = Object.entries(shapes(own)).map(([name, shape]) => [
    prefix + name,
    { dtype: "F32", shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) } as Stored,
  ]);
  return { metadata: { config: JSON.stringify(config) }, tensors: Object.fromEntries(tensors) };
}

Deno.test("findBackbone() infers the sizes from the shapes, and heads from the configuration", () => {
  const found = findBackbone(file("teacher.backbone."), "x");
  assertEquals(found.prefix, "teacher.backbone.");
  assertEquals(found.sizes, sizes);
  assertEquals(Object.keys(found.tensors), Object.keys(shapes(sizes)));
});

Deno.test("findBackbone() knows a backbone alone, and the heads of the published widths", () => {
  const small = { ...sizes, width: 384, heads: 6, relationBlocks: 0 };
  assertEquals(findBackbone(file("", {}, small), "x").sizes, small);
  assertEquals(findBackbone(file("backbone.", {}, small), "x").prefix, "backbone.");
});

Deno.test("findBackbone() takes the network that is asked for", () => {
  const both = file("teacher.backbone.");
  Object.assign(both.tensors, file("student.backbone.").tensors);
  assertEquals(findBackbone(both, "x").prefix, "teacher.backbone.");
  assertEquals(findBackbone(both, "x", { key: "student" }).prefix, "student.backbone.");
  assertThrows(
    () => findBackbone(file("student.backbone."), "x"),
    TypeError,
    'Cannot use the teacher of x: it holds "student.backbone." alone',
  );
});

Deno.test("findBackbone() says in a sentence what does not fit", () => {
  const changed = (change: (tensors: Record<string, Stored>) => void) => {
    const { metadata, tensors } = file("");
    change(tensors);
    return { metadata, tensors };
  };
  const cases: [Safetensors, string][] = [
    [{ metadata: {}, tensors: {} }, "x: it holds no vision transformer"],
    [file("", {}), "it does not say how many attention heads its network of width 6 has"],
    [file("", { heads: 4 }), "4 attention heads do not divide width 6"],
    [changed((t) => delete t["blocks.1.norm1.bias"]), 'lacks "blocks.1.norm1.bias"'],
    [changed((t) => t["head.weight"] = t["norm.bias"]), 'no vision transformer has "head.weight"'],
    [changed((t) => delete t.pos_embed), 'no tensor "pos_embed" of rank 3'],
    [
      changed((t) => t["norm.bias"] = { ...t["norm.bias"], shape: [7] }),
      '"norm.bias" has shape [7] where the other tensors call for [6]',
    ],
  ];
  for (const [bad, why] of cases) assertThrows(() => findBackbone(bad, "x"), TypeError, why);
});
