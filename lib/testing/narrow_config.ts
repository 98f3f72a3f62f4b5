import type { Config } from "../configs/mod.ts";
import type { Sample } from "../datasets/mod.ts";
import { Random } from "../random/mod.ts";

/** Images of noise of 64 x 64 pixels, each of a color of its own. */
export function noiseSamples(count: number): Sample[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `${i}`,
    labels: { class: i % 2 },
    read: () => {
      const random = new Random(i);
      const data = Uint8Array.from(
        { length: 64 * 64 * 3 },
        (_, j) => (40 * i * (j % 3 + 1) + random.integer(40)) % 256,
      );
      return Promise.resolve({ width: 64, height: 64, data });
    },
  }));
}

/** A run of two epochs as narrow as a preset for trials allows. */
export function narrow(preset: Readonly<Config>, changes: Partial<Config> = {}): Config {
  const sizes = {
    ...{ width: 16, depth: 2, heads: 2, headHidden: 8, predictorHidden: 8, headOut: 8 },
    ...{ bottleneck: 8, prototypes: 16, patchPrototypes: 16, queue: 16, memory: 8, neighbors: 2 },
    ...{ instanceQueue: 16, localGroupQueue: 16, localCrops: preset.localCrops ? 2 : 0 },
    clusters: [5, 3],
  };
  const fields = Object.entries(sizes).filter(([name]) => name in preset);
  const { resnet } = preset;
  return {
    ...preset,
    ...Object.fromEntries(fields),
    ...resnet && { resnet: { ...resnet, planes: [4, 4, 8, 8], stemWidth: 4 } },
    preset: "narrow",
    precision: "float32",
    batchSize: 4,
    epochs: 2,
    dropPath: resnet ? 0 : preset.dropPath,
    ...changes,
  };
}
