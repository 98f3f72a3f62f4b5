import type { Values } from "./dtype.ts";
import type { Located } from "./safetensors.ts";

/** What the three linear maps before attention are called where they are apart. */
const apart = /^(.*\battn)\.q(_proj)?\.(weight|bias)$/;

/**
 * The tensors of a network with queries, keys and values as one map, `attn.qkv`, its rows in this order, where a file
 * has them apart as `attn.q`, `attn.k` and `attn.v` (or `q_proj`, ...). Those of a file that has them fused stay.
 */
export function fuseAttention(tensors: Record<string, Located>): Record<string, Located> {
  const fused = { ...tensors };
  for (const path of Object.keys(tensors)) {
    const [, attn, suffix = "", kind] = apart.exec(path) ?? [];
    if (!attn) continue;
    const parts = ["q", "k", "v"].map((letter) => `${attn}.${letter}${suffix}.${kind}`);
    const three = parts.map((part) => tensors[part]);
    if (three.some((part) => String(part?.shape) !== String(three[0].shape))) continue;
    for (const part of parts) delete fused[part];
    const [rows, ...rest] = three[0].shape;
    fused[`${attn}.qkv.${kind}`] = {
      // The element type of what `join` gives.
      dtype: "F32",
      shape: [3 * rows, ...rest],
      read: () => join(three.map((part) => part.read())),
    };
  }
  return fused;
}

function join(parts: Values[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part as Float32Array, at);
    at += part.length;
  }
  return all;
}
