import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Located, readTensors, toTensors } from "../../checkpoint/mod.ts";
import { unflatten } from "../../tree/mod.ts";
import { vitEncoder } from "./encoder.ts";
import { findVit } from "./find.ts";
import { vitShapes } from "./shapes.ts";
import type { Vit } from "./vit.ts";

const sizes = { imageSize: 8, patchSize: 4, width: 4, depth: 2, mlpRatio: 2, relationBlocks: 0 };

/** Tensors of these shapes as the networks of timm below were filled: by a sine. */
function filled(shapes: Record<string, number[]>): Record<string, Located> {
  const entries = Object.keys(shapes).sort().map((name, j) => {
    const values = new Float32Array(shapes[name]!.reduce((a, b) => a * b));
    return [name, {
      dtype: "F32",
      shape: shapes[name]!,
      read: () => values.map((_, i) => 0.5 * Math.sin(1.7 * i + j)),
    }] as const;
  });
  return Object.fromEntries(entries);
}

const plain = vitShapes(sizes);
const scales = (...names: string[]) =>
  Object.fromEntries([0, 1].flatMap((i) => names.map((name) => [`blocks.${i}.${name}`, [4]])));
const registers = { reg_token: [1, 2, 4] };
const withoutBias = Object.fromEntries(
  Object.entries(plain).filter(([name]) => !name.endsWith("qkv.bias")),
);

/**
 * What `forward_features` of timm 1.0.31 (PyTorch 2.15, float64) gives of two images: class tokens,
 * and the mean of the patch tokens of the first.
 */
const recorded: Record<string, [Record<string, number[]>, number[], number[]]> = {
  "a plain network": [
    plain,
    [-0.641112, 0.704775, -0.531061, -0.439748, -0.638953, 0.706676, -0.530908, -0.437834],
    [-0.648711, 0.766106, -0.40196, -0.452211],
  ],
  "LayerScale": [
    { ...plain, ...scales("ls1.gamma", "ls2.gamma") },
    [-1.052921, -0.506647, 0.218606, 0.15738, -1.054494, -0.506368, 0.219195, 0.159048],
    [-0.668898, -0.356433, 0.807002, 0.565111],
  ],
  "registers that have positions": [
    { ...plain, ...registers, pos_embed: [1, 7, 4] },
    [-0.639536, 0.706171, -0.530946, -0.438347, -0.638794, 0.706819, -0.53089, -0.437693],
    [-0.611741, 0.836544, -0.286084, -0.436754],
  ],
  "registers, and positions of patches alone": [
    { ...plain, ...registers, pos_embed: [1, 4, 4] },
    [-0.612959, 0.769516, -0.458524, -0.416223, -0.61345, 0.769198, -0.458656, -0.416559],
    [-0.665548, 0.732984, -0.434364, -0.466859],
  ],
  "positions of patches alone": [
    { ...plain, pos_embed: [1, 4, 4] },
    [-0.61385, 0.768972, -0.4587, -0.416836, -0.614518, 0.768536, -0.458878, -0.417296],
    [-0.666332, 0.732156, -0.434358, -0.467653],
  ],
  "queries, keys and values without biases": [
    withoutBias,
    [0.131977, -0.4098, 0.851142, -0.279203, 0.132064, -0.409733, 0.850991, -0.279327],
    [0.267636, -0.199396, 0.963801, 0.006443],
  ],
};

const images = () => {
  const values = Float32Array.from({ length: 2 * 8 * 8 * 3 }, (_, i) => Math.sin(0.3 * i));
  return tf.tensor4d(values, [2, 8, 8, 3]);
};

for (const [name, [shapes, tokens, mean]] of Object.entries(recorded)) {
  Deno.test(`a vision transformer with ${name} gives the features of timm`, async () => {
    await tf.setBackend("cpu");
    const file = { metadata: {}, tensors: filled(shapes) };
    const { tensors } = findVit(file, "x", { heads: 2 });
    const params = unflatten<Vit>(toTensors(readTensors(tensors)));
    using encoder = vitEncoder(params, { heads: 2 });
    const near = (found: tf.Tensor, expected: number[]) => {
      for (const [i, value] of [...found.dataSync()].entries()) {
        assertAlmostEquals(value, expected[i]!, 5e-6);
      }
    };
    near(encoder.embed(images()), tokens);
    near(encoder.patches(images()).slice(0, 1).mean([1, 2]), mean);
    assertEquals(encoder.attention(images()).shape, [2, 2, 2, 2]);
    near(encoder.memoryRows(images()).slice(0, 1), mean);
  });
}

Deno.test("findVit() counts the tensors of the file, not those that are made of them", () => {
  for (const [name, [shapes]] of Object.entries(recorded)) {
    const tensors = filled({ ...shapes, "head.weight": [2, 4] });
    const { matched } = findVit({ metadata: {}, tensors }, "x", { heads: 2 });
    assertEquals(matched, Object.keys(shapes).length, name);
  }
});

Deno.test("LayerScale has the names of BEiT, too, and DINOv2's registers their own", () => {
  const find = (shapes: Record<string, number[]>) =>
    findVit({ metadata: {}, tensors: filled(shapes) }, "x", { heads: 2 });
  assertEquals(find({ ...plain, ...scales("gamma_1", "gamma_2") }).leftOver, {});
  const { sizes: { registers }, tensors } = find({ ...plain, register_tokens: [1, 3, 4] });
  assertEquals([registers, tensors.register_tokens?.shape], [3, [1, 3, 4]]);
});

Deno.test("positions that can be understood in two ways are refused", () => {
  const shapes = { ...plain, pos_embed: [1, 9, 4], reg_token: [1, 4, 4] };
  assertThrows(
    () => findVit({ metadata: {}, tensors: filled(shapes) }, "x", { heads: 2 }),
    TypeError,
    "its 9 positions can be those of 9 patches alone or those of 4 with other tokens",
  );
});
