import type { Stored } from "../checkpoint/mod.ts";

/** The tensors of a ViT of width 8 for images of 16 pixels, as small as can be. */
export function tinyVit(prefix = ""): Record<string, Stored> {
  const shapes: Record<string, number[]> = {
    cls_token: [1, 1, 8],
    pos_embed: [1, 5, 8],
    "patch_embed.proj.weight": [8, 3, 8, 8],
    "patch_embed.proj.bias": [8],
    "blocks.0.norm1.weight": [8],
    "blocks.0.norm1.bias": [8],
    "blocks.0.attn.qkv.weight": [24, 8],
    "blocks.0.attn.qkv.bias": [24],
    "blocks.0.attn.proj.weight": [8, 8],
    "blocks.0.attn.proj.bias": [8],
    "blocks.0.norm2.weight": [8],
    "blocks.0.norm2.bias": [8],
    "blocks.0.mlp.fc1.weight": [32, 8],
    "blocks.0.mlp.fc1.bias": [32],
    "blocks.0.mlp.fc2.weight": [8, 32],
    "blocks.0.mlp.fc2.bias": [8],
    "norm.weight": [8],
    "norm.bias": [8],
  };
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const data = new Float32Array(shape.reduce((a, b) => a * b)).fill(0.1);
      return [prefix + name, { dtype: "F32" as const, shape, data }];
    }),
  );
}
