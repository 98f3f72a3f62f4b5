import { assertEquals } from "@std/assert";
import type { Located } from "../../checkpoint/mod.ts";
import { findVit } from "./find.ts";
import { vitShapes } from "./shapes.ts";

const sizes = {
  imageSize: 16,
  patchSize: 8,
  width: 6,
  depth: 2,
  mlpRatio: 2,
  relationBlocks: 0,
};

/** Tensors whose values are all different. */
function network(): Record<string, Located> {
  let next = 0;
  const entries = Object.entries(vitShapes(sizes)).map(([name, shape]) => {
    const values = new Float32Array(shape.reduce((a, b) => a * b)).map(() => next++);
    return [name, { dtype: "F32", shape, read: () => values }] as const;
  });
  return Object.fromEntries(entries);
}

/** The part of a tensor in which the rows of the queries, keys or values lie. */
function part({ shape: [rows = 0, ...rest], read }: Located, index: number): Located {
  const values = read() as Float32Array;
  const length = values.length / 3;
  const slice = values.subarray(index * length, (index + 1) * length);
  return { dtype: "F32", shape: [rows / 3, ...rest], read: () => slice };
}

type Names = readonly (readonly [ours: RegExp, theirs: string])[];

/** The network under other names; what has several is cut into queries, keys and values. */
function renamed(names: Names, [query, key, value]: readonly string[] = []) {
  const translate = (name: string) =>
    names.reduce((name, [from, to]) => name.replace(from, to), name);
  const entries = Object.entries(network()).flatMap(([name, tensor]) =>
    query && name.includes("attn.qkv")
      ? [query, key!, value!].map((letter, i) =>
        [translate(name.replace("attn.qkv", letter)), part(tensor, i)] as const
      )
      : [[translate(name), tensor] as const]
  );
  return Object.fromEntries(entries);
}

function assertFound(tensors: Record<string, Located>) {
  for (const prefix of ["", "model.encoder."]) {
    const entries = Object.entries(tensors).map(([name, tensor]) => [prefix + name, tensor]);
    const file = { metadata: {}, tensors: Object.fromEntries(entries) };
    const located = findVit(file, "x", { heads: 3 });
    const expected = network();
    assertEquals(located.prefix, prefix);
    assertEquals(Object.keys(located.tensors), Object.keys(expected));
    for (const [name, tensor] of Object.entries(located.tensors)) {
      assertEquals([name, tensor.shape], [name, expected[name]!.shape]);
      assertEquals([name, tensor.read()], [name, expected[name]!.read()]);
    }
  }
}

const embeddings: Names = [
  [/^patch_embed\.proj/, "embeddings.patch_embeddings.projection"],
  [/^pos_embed/, "embeddings.position_embeddings"],
  [/^cls_token/, "embeddings.cls_token"],
  [/^norm\./, "layernorm."],
];

Deno.test("findVit() knows the names of transformers' ViT, and joins queries, keys and values", () => {
  const before: Names = [
    ...embeddings,
    [/^blocks/, "encoder.layer"],
    [/attn\.proj/, "attention.output.dense"],
    [/mlp\.fc1/, "intermediate.dense"],
    [/mlp\.fc2/, "output.dense"],
    [/norm1/, "layernorm_before"],
    [/norm2/, "layernorm_after"],
  ];
  const letters = ["query", "key", "value"].map((name) => `attention.attention.${name}`);
  assertFound(renamed(before, letters));
  const since: Names = [
    ...embeddings,
    [/^blocks/, "layers"],
    [/attn\.proj/, "attention.o_proj"],
    [/norm1/, "layernorm_before"],
    [/norm2/, "layernorm_after"],
  ];
  assertFound(renamed(since, ["q", "k", "v"].map((letter) => `attention.${letter}_proj`)));
});

Deno.test("findVit() knows the names of transformers' DINOv2", () => {
  const names: Names = [
    ...embeddings,
    [/^blocks/, "encoder.layer"],
    [/attn\.proj/, "attention.output.dense"],
  ];
  const letters = ["query", "key", "value"].map((name) => `attention.attention.${name}`);
  assertFound(renamed(names, letters));
});

Deno.test("findVit() knows the names of torchvision's ViT, early ones too", () => {
  const names: Names = [
    [/^patch_embed\.proj/, "conv_proj"],
    [/^cls_token/, "class_token"],
    [/^pos_embed/, "encoder.pos_embedding"],
    [/^norm\./, "encoder.ln."],
    [/^blocks\.(\d+)/, "encoder.layers.encoder_layer_$1"],
    [/\.norm([12])/, ".ln_$1"],
    [/attn\.qkv\./, "self_attention.in_proj_"],
    [/attn\.proj/, "self_attention.out_proj"],
  ];
  assertFound(renamed([...names, [/fc1/, "0"], [/fc2/, "3"]]));
  assertFound(renamed([...names, [/fc1/, "linear_1"], [/fc2/, "linear_2"]]));
});

Deno.test("findVit() knows blocks in chunks, whose inner numbers count on", () => {
  assertFound(renamed([[/^blocks\.(\d+)/, "blocks.$1.$1"]]));
  assertFound(renamed([[/^blocks\.(\d+)/, "blocks.0.$1"]]));
});
