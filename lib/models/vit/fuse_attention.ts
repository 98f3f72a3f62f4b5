import type { Located, StoredValues } from "../../checkpoint/mod.ts";

/** What the three linear maps before attention are called in a file that has them apart. */
const separate = /^(.*\battn)\.q(_proj)?\.(weight|bias)$/;

/**
 * The tensors of a network with queries, keys and values as one map, `attn.qkv`, its rows in this
 * order, where a file has them apart as `attn.q`, `attn.k` and `attn.v` (or `q_proj`, ...). Fused
 * ones stay.
 */
export function fuseAttention(tensors: Record<string, Located>): Record<string, Located> {
  const fused = { ...tensors };
  for (const path of Object.keys(tensors)) {
    const [, attn, suffix = "", kind] = separate.exec(path) ?? [];
    if (!attn) continue;
    const paths = ["q", "k", "v"].map((letter) => `${attn}.${letter}${suffix}.${kind}`);
    const parts = paths.flatMap((part) => tensors[part] ?? []);
    const [first] = parts;
    if (!first || parts.length < 3) continue;
    if (parts.some(({ shape }) => String(shape) !== String(first.shape))) continue;
    for (const part of paths) delete fused[part];
    const [rows = 1, ...rest] = first.shape;
    fused[`${attn}.qkv.${kind}`] = {
      dtype: "F32", // that of what `join` gives
      shape: [3 * rows, ...rest],
      read: () => join(parts.map((part) => part.read())),
    };
  }
  return fused;
}

function join(parts: StoredValues[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let start = 0;
  for (const part of parts) {
    all.set(part as Float32Array, start);
    start += part.length;
  }
  return all;
}
