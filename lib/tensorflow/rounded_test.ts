import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { compile, explain } from "../compile/mod.ts";
import { attention, initLinear, linear, linearGelu } from "../nn/mod.ts";
import { Random } from "../random/mod.ts";
import { withAbilities } from "../testing/abilities.ts";
import { tensorflowTest } from "../testing/permitted.ts";
import { type Abilities, gpuAbilities } from "./abilities.ts";

const precision = "bfloat16";

/** A processor with instructions for bfloat16, which fuses a bias but no GELU. */
const processor: Abilities = { ...gpuAbilities({ capability: 9 }), fusesBias: true };
const gpu = gpuAbilities({ capability: 9 });

/** The casts of a compiled function on a device, as pairs of types. */
function castsIn(text: string): string[] {
  const types = new Map(
    [...text.matchAll(/^(\S+) = .*: (\w+)\[/gm)].map(([, name, type]) => [name, type]),
  );
  return [...text.matchAll(/^\S+ = Cast\((\S+)\): (\w+)\[/gm)]
    .map(([, from, to]) => `${types.get(from!)} to ${to}`);
}

tensorflowTest(
  "in bfloat16 values stay so from product to product where they only move",
  async () => {
    const matrix = (shape: [number, number]) => tf.randomNormal<tf.Rank.R2>(shape);
    await withAbilities(processor, () => {
      using f = compile((x: tf.Tensor2D, w: tf.Tensor2D, u: tf.Tensor2D) => {
        const [first, second] = tf.unstack(tf.matMul(x, w).reshape([2, 3, 6])) as tf.Tensor2D[];
        return tf.matMul(tf.concat([first!, second!], 1).transpose<tf.Tensor2D>(), u);
      }, { precision });
      assertEquals(f(matrix([6, 4]), matrix([4, 6]), matrix([3, 5])).shape, [12, 5]);
      // The factors, and the result.
      assertEquals(castsIn(explain(f).text), [
        "float32 to bfloat16",
        "float32 to bfloat16",
        "float32 to bfloat16",
        "bfloat16 to float32",
      ]);
    });
  },
);

tensorflowTest("in bfloat16 a weight is cast once a call, however often it is used", async () => {
  const x = tf.randomNormal<tf.Rank.R2>([3, 4]), p = initLinear(new Random(0), [4, 4]);
  for (const device of [processor, gpu]) {
    await withAbilities(device, () => {
      using f = compile((x: tf.Tensor2D, p: ReturnType<typeof initLinear>) => {
        const loss = (weight: tf.Tensor2D) => linear(linear(x, { ...p, weight }), p).sum();
        return tf.grad(loss as (x: tf.Tensor) => tf.Tensor)(p.weight);
      }, { precision });
      f(x, p);
      const { text } = explain(f);
      const casts = [...text.matchAll(/= Cast\((\S+)\)/g)].map(([, from]) => from);
      assertEquals(casts.length, new Set(casts).size, text);
    });
  }
});

tensorflowTest("layers in bfloat16 are within 1 % of float32 on any device", async () => {
  const random = new Random(1), width = 16;
  const x = tf.tensor3d(random.normals(2 * 5 * width), [2, 5, width]);
  const p = {
    qkv: initLinear(random, [width, 3 * width]),
    proj: initLinear(random, [width, width]),
    fc1: initLinear(random, [width, width]),
  };
  const larger = (p: ReturnType<typeof initLinear>) => ({
    weight: p.weight.mul<tf.Tensor2D>(5),
    bias: p.bias!.add<tf.Tensor1D>(0.3),
  });
  const params = { qkv: larger(p.qkv), proj: larger(p.proj), fc1: larger(p.fc1) };
  const layers = (x: tf.Tensor3D, p: typeof params) =>
    linearGelu(attention(x, { qkv: p.qkv, proj: p.proj }, { heads: 2 }), p.fc1);
  const exact = layers(x, params);
  for (const device of [processor, gpu, { ...processor, multipliesBfloat16: false }]) {
    await withAbilities(device, () => {
      using rounded = compile(layers, { precision });
      const distance = rounded(x, params).sub(exact).norm().div(exact.norm()).dataSync()[0]!;
      assert(distance > 0 && distance < 1e-2, `${distance}`);
    });
  }
});
