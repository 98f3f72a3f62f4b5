import type { Located } from "../checkpoint/mod.ts";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { findBackbone } from "./find_backbone.ts";
import type { VitSizes } from "./vit/config.ts";
import { vitShapes } from "./vit/shapes.ts";

const sizes: VitSizes = {
  imageSize: 16,
  patchSize: 8,
  width: 6,
  depth: 2,
  heads: 3,
  mlpRatio: 2,
  relationBlocks: 1,
};

type File = { metadata: Record<string, string>; tensors: Record<string, Located> };

const zeros = (shape: number[]): Located => ({
  dtype: "F32",
  shape,
  read: () => new Float32Array(shape.reduce((a, b) => a * b, 1)),
});

/** A file with a backbone of zeros under a prefix. */
function file(prefix: string, config: unknown = { heads: 3 }, own = sizes): File {
  const tensors = Object.entries(vitShapes(own)).map((
    [name, shape],
  ) => [prefix + name, zeros(shape)]);
  return { metadata: { config: JSON.stringify(config) }, tensors: Object.fromEntries(tensors) };
}

/** A file with several. */
function several(...prefixes: string[]): File {
  const tensors = Object.assign({}, ...prefixes.map((prefix) => file(prefix).tensors));
  return { ...file(""), tensors };
}

Deno.test("findBackbone() infers sizes from the shapes, and heads from the configuration", () => {
  const found = findBackbone(file("teacher.backbone."), "x");
  assertEquals(found.prefix, "teacher.backbone.");
  assertEquals(found.sizes, sizes);
  assertEquals(Object.keys(found.tensors), Object.keys(vitShapes(sizes)));
  assertEquals([found.missing, found.leftOver], [{}, {}]);
});

Deno.test("findBackbone() knows a backbone alone, and the heads of the published widths", () => {
  const small = { ...sizes, width: 384, heads: 6, relationBlocks: 0 };
  assertEquals(findBackbone(file("", {}, small), "x").sizes, small);
  assertEquals(findBackbone(file("backbone.", {}, small), "x").prefix, "backbone.");
});

Deno.test("findBackbone() refuses the checkpoint of a detector before it asks for heads", () => {
  const detector = { ...file("model.backbone."), metadata: { detection: "{}" } };
  assertThrows(
    () => findBackbone(detector, "x"),
    TypeError,
    "Cannot take the backbone of x: it is the checkpoint of a detector",
  );
});

Deno.test("findBackbone() knows the prefixes of the published checkpoints", () => {
  const prefixes = [
    "teacher.backbone.", // Mugs, iBOT
    "teacher.module.backbone.", // DINO with batch normalization in its heads
    "student.module.backbone.",
    "state_dict.", // Mugs' extracted backbones, timm
    "state_dict.module.", // timm, trained on several devices
    "model.", // DeiT
    "model.encoder.",
    "module.backbone.",
    "encoder.",
    "",
  ];
  for (const prefix of prefixes) {
    const found = findBackbone(file(prefix), "x");
    assertEquals([found.prefix, Object.keys(found.tensors).length], [prefix, 42]);
  }
});

/** A file with other names for its tensors. */
function renamed({ metadata, tensors }: File, rename: (name: string) => string): File {
  const entries = Object.entries(tensors).map(([name, tensor]) => [rename(name), tensor]);
  return { metadata, tensors: Object.fromEntries(entries) };
}

Deno.test("findBackbone() passes over the words of wrappers, wherever they stand", () => {
  const compiled = (name: string) => name.replace(/(blocks\.\d+\.)/, "$1_orig_mod.");
  const sharded = (name: string) =>
    `module._fsdp_wrapped_module.${
      name.replace(".attn.", "._checkpoint_wrapped_module.attn.module.")
    }`;
  const names = Object.keys(vitShapes(sizes));
  for (
    const [rename, prefix] of [
      [compiled, ""],
      [sharded, "module._fsdp_wrapped_module."],
      [(name: string) => name.replace("patch_embed.", "patch_embed.module."), ""],
      [(name: string) => `state_dict._orig_mod.${compiled(name)}`, "state_dict._orig_mod."],
    ] as const
  ) {
    const found = findBackbone(renamed(file(""), rename), "x");
    assertEquals([found.prefix, Object.keys(found.tensors)], [prefix, names]);
  }
  const student = several("student.module.backbone.", "teacher.module.backbone.");
  for (const key of ["student", "student.backbone", "student.module.backbone.*"]) {
    assertEquals(findBackbone(student, "x", { key }).prefix, "student.module.backbone.");
  }
});

Deno.test("findBackbone() refuses two tensors that are one without the words of wrappers", () => {
  const { metadata, tensors } = file("");
  const both = { ...tensors, "blocks.0._orig_mod.norm1.bias": zeros([6]) };
  assertThrows(
    () => findBackbone({ metadata, tensors: both }, "x"),
    TypeError,
    'its network has two of "blocks.0.norm1.bias"',
  );
});

Deno.test("findBackbone() tells which other networks there are", () => {
  const both = several("state_dict.", "state_dict_ema.");
  const found = findBackbone(both, "x");
  assertEquals([found.prefix, found.others], ["state_dict.", ["state_dict_ema."]]);
  const average = findBackbone(both, "x", { key: "state_dict_ema" });
  assertEquals([average.prefix, average.others], ["state_dict_ema.", ["state_dict."]]);
});

Deno.test("findBackbone() leaves out no tensor that has a part in the features", () => {
  const other = (names: string[], without: string[] = []) => {
    const { metadata, tensors } = file("");
    for (const name of names) tensors[name] = zeros([6]);
    for (const name of without) delete tensors[name];
    return { metadata, tensors };
  };
  const cases: [File, string][] = [
    [other(["blocks.0.attn.q_norm.weight"]), "it normalizes queries and keys"],
    [other(["norm_pre.weight"]), "it normalizes tokens before the first block"],
    [other(["blocks.0.ls1.gamma"]), "others lack it"],
    [other(["blocks.1.gamma_2"]), "others lack it"],
    [other(["blocks.0.attn.rel_pos_h"]), "its positions are relative"],
    [other(["rope_embed.periods"]), "its positions are rotary"],
    [other(["dist_token"]), "it has a distillation token"],
    [other(["blocks.0.mlp.w12.weight"], ["blocks.0.mlp.fc1.weight"]), "are gated (SwiGLU)"],
    [other(["patch_embed.norm.weight"]), "it embeds patches in several layers"],
    [other(["fc_norm.weight"], ["norm.weight", "norm.bias"]), "it averages its patches"],
    [other([], ["cls_token"]), 'no class token ("cls_token")'],
    [other(["blocks.0.attn.scale"]), '"blocks.0.attn.scale", and without them its features'],
    [other(["storage_tokens"]), '"storage_tokens", and without them its features'],
  ];
  for (const [bad, why] of cases) {
    for (const partial of [false, true]) {
      assertThrows(() => findBackbone(bad, "x", { partial }), TypeError, why, why);
    }
  }
});

Deno.test("findBackbone() passes over a tensor of an element type that is not read", () => {
  const scaled = file("");
  const refuse = () => {
    throw new Error("It was read");
  };
  scaled.tensors.scale = { dtype: "F8_E4M3", shape: [3], read: refuse };
  assertEquals(findBackbone(scaled, "x").leftOver, { scale: [3] });
});

Deno.test("findBackbone() takes the teacher, not MoCo's follower, or what the key names", () => {
  const both = several("student.module.backbone.", "teacher.backbone.", "model.");
  assertEquals(findBackbone(both, "x").prefix, "teacher.backbone.");
  assertEquals(findBackbone(both, "x", { key: "student" }).prefix, "student.module.backbone.");
  assertEquals(findBackbone(both, "x", { key: "model" }).prefix, "model.");
  assertEquals(findBackbone(several("student.", "model."), "x").prefix, "student.");
  assertThrows(
    () => findBackbone(file("student.backbone."), "x", { key: "teacher" }),
    TypeError,
    'Cannot use the teacher of x: it holds "student.backbone." alone',
  );
  const moco = several("state_dict.base_encoder.", "state_dict.momentum_encoder.");
  assertEquals(findBackbone(moco, "x").prefix, "state_dict.base_encoder.");
  const key = "state_dict.momentum_encoder";
  assertEquals(findBackbone(moco, "x", { key }).prefix, `${key}.`);
  assertThrows(
    () => findBackbone(several("state_dict.query.", "state_dict.keys."), "x"),
    TypeError,
    'it holds 2 networks, "state_dict.query." and "state_dict.keys."; `key`',
  );
});

Deno.test("findBackbone() leaves heads over, and tells of them", () => {
  const supervised = file("model.");
  const heads = { "head.weight": [10, 6], "head.bias": [10], "fc_norm.weight": [6] };
  for (const [name, shape] of Object.entries(heads)) {
    supervised.tensors[`model.${name}`] = zeros(shape);
  }
  const found = findBackbone(supervised, "x");
  assertEquals(found.leftOver, heads);
  assertEquals(Object.keys(found.tensors), Object.keys(vitShapes(sizes)));
});

Deno.test("findBackbone() lets nobody change the number of heads that a configuration states", () => {
  assertEquals(findBackbone(file("", { heads: 3 }), "x", { heads: 3 }).sizes.heads, 3);
  assertEquals(findBackbone(file("", {}), "x", { heads: 2 }).sizes.heads, 2);
  assertThrows(
    () => findBackbone(file("", { heads: 3 }), "x", { heads: 2 }),
    TypeError,
    "Cannot use x with `heads` 2: its configuration says that its network has 3; leave",
  );
});

Deno.test("findBackbone() joins queries, keys and values that lie apart", () => {
  for (const suffix of ["", "_proj"]) {
    const parts = file("");
    for (const kind of ["weight", "bias"]) {
      delete parts.tensors[`blocks.0.attn.qkv.${kind}`];
      for (const [i, letter] of ["q", "k", "v"].entries()) {
        parts.tensors[`blocks.0.attn.${letter}${suffix}.${kind}`] = {
          dtype: "F32",
          shape: kind === "weight" ? [6, 6] : [6],
          read: () => new Float32Array(kind === "weight" ? 36 : 6).fill(i),
        };
      }
    }
    const { tensors } = findBackbone(parts, "x");
    const expected = [0, 1, 2].flatMap((i) => Array(6).fill(i));
    assertEquals([...tensors["blocks.0.attn.qkv.bias"]!.read()], expected);
    assertEquals(tensors["blocks.0.attn.qkv.weight"]!.read().length, 108);
  }
});

Deno.test("findBackbone() allows a part only on request, and names what is missing", () => {
  const part = file("");
  delete part.tensors["relation_blocks.0.norm1.bias"];
  part.tensors["decoys.weight"] = zeros([6]);
  assertThrows(
    () => findBackbone(part, "x"),
    TypeError,
    'lacks "relation_blocks.0.norm1.bias" (`partial`',
  );
  const found = findBackbone(part, "x", { partial: true });
  assertEquals(found.missing, { "relation_blocks.0.norm1.bias": [6] });
  assertEquals(found.leftOver, { "decoys.weight": [6] });
});

Deno.test("findBackbone() lets nothing be missing that has a part in the features", () => {
  const needed = Object.keys(vitShapes(sizes)).filter((path) => !path.startsWith("relation_"));
  for (const path of needed) {
    const part = file("");
    delete part.tensors[path];
    for (const partial of [false, true]) {
      const error = assertThrows(() => findBackbone(part, "x", { partial }), TypeError, path);
      assert(!/`partial`/.test(error.message), error.message);
    }
  }
});

Deno.test("findBackbone() says in a sentence what does not fit", () => {
  const changed = (change: (tensors: Record<string, Located>) => void) => {
    const { metadata, tensors } = file("");
    change(tensors);
    return { metadata, tensors };
  };
  const cases: [File, string][] = [
    [{ metadata: {}, tensors: {} }, "x: it holds no vision transformer"],
    [file("", {}), "it does not say how many attention heads its network of width 6 has"],
    [file("", { heads: 4 }), "4 attention heads do not divide width 6"],
    [changed((t) => delete t["blocks.1.norm1.bias"]), 'lacks "blocks.1.norm1.bias"'],
    [changed((t) => t["blocks.0.ls1.gamma"] = t["norm.bias"]!), 'here has "blocks.0.ls1.gamma"'],
    [changed((t) => delete t.pos_embed), 'no tensor "pos_embed" of rank 3'],
    [
      changed((t) => t["norm.bias"] = { ...t["norm.bias"]!, shape: [7] }),
      '"norm.bias" has shape [7] where the other tensors call for [6]',
    ],
  ];
  for (const [bad, why] of cases) assertThrows(() => findBackbone(bad, "x"), TypeError, why);
});
