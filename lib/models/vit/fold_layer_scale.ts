import type { Located } from "../../checkpoint/mod.ts";

/** What LayerScale multiplies: the results of these layers, by the number of its parameter. */
const scaled = { ls1: "attn.proj", ls2: "mlp.fc2" } as const;

/**
 * The tensors of a network with LayerScale (Touvron et al. 2021, Going Deeper with Image
 * Transformers, section 2) folded into the layers before it: `gamma * (W x + b)` is
 * `(gamma * W) x + gamma * b`. Where one of its blocks lacks a scale, nothing is folded.
 */
export function foldLayerScale(tensors: Record<string, Located>): Record<string, Located> {
  const paths = Object.keys(tensors);
  const blocks = new Set(paths.flatMap((path) => /^blocks\.\d+/.exec(path)?.[0] ?? []));
  const layers = [...blocks].flatMap((block) =>
    Object.entries(scaled).map(([scale, layer]) => [`${block}.${scale}.gamma`, `${block}.${layer}`])
  ) as [gamma: string, layer: string][];
  if (!layers.length || layers.some(([gamma]) => !tensors[gamma])) return tensors;
  const folded = { ...tensors };
  for (const [gamma, layer] of layers) {
    delete folded[gamma];
    for (const path of [`${layer}.weight`, `${layer}.bias`]) {
      const tensor = tensors[path];
      if (tensor) folded[path] = scaleRows(tensor, tensors[gamma]!);
    }
  }
  return folded;
}

/** A tensor each of whose rows is multiplied by an element of another. */
function scaleRows({ shape, read }: Located, scale: Located): Located {
  const multiply = () => {
    const [factors, values] = [scale.read(), read()];
    const columns = values.length / factors.length;
    return Float32Array.from(
      values as Float32Array,
      (value, i) => value * Number(factors[Math.floor(i / columns)]),
    );
  };
  return { dtype: "F32", shape, read: multiply };
}
