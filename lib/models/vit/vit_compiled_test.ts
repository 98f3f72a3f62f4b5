import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals } from "@std/assert";
import { compile, switchBackend } from "../../compile/mod.ts";
import { dropPathMasks } from "../../nn/mod.ts";
import { Random } from "../../random/mod.ts";
import { flatten, type Named, unflatten } from "../../tree/mod.ts";
import { initVit } from "./init.ts";
import { classTokens, memoryQuery } from "./features.ts";
import { relate } from "./relate.ts";
import { encodeTokens, type Vit } from "./vit.ts";

const ignore = Deno.permissions.querySync({ name: "ffi" }).state !== "granted";

type Values = Record<string, Float32Array>;

/** The gradients of a sum of all outputs by the name of the parameter. */
function gradients(named: Named, images: tf.Tensor4D, masks: tf.Tensor3D): Named {
  const names = Object.keys(named);
  const loss = (...values: tf.Tensor[]) => {
    const p = unflatten<Vit>(Object.fromEntries(names.map((name, i) => [name, values[i]!])));
    const tokens = encodeTokens(images, p, { heads: 2, masks });
    const query = memoryQuery(tokens);
    const neighbors = images.slice([0, 0, 0, 0], [-1, 2, 8, 1]).squeeze<tf.Tensor3D>([3]);
    return classTokens(tokens, p).square().sum()
      .add(relate(p, { query, neighbors, heads: 2 }).mul(query).sum()) as tf.Scalar;
  };
  const grads = tf.grads(loss)(Object.values(named));
  return Object.fromEntries(names.map((name, i) => [name, grads[i]!]));
}

Deno.test({
  name: `a compiled model has the gradients of cpu${ignore ? " (needs ffi permission)" : ""}`,
  ignore,
  sanitizeResources: false,
  async fn() {
    const results: Values[] = [];
    for (const backend of ["cpu", "tensorflow"] as const) {
      await switchBackend(backend);
      const random = new Random(3);
      const config = { imageSize: 12, patchSize: 4, width: 8, depth: 3, heads: 2, mlpRatio: 4 };
      const p = initVit({ ...config, dropPath: 0.5, relationBlocks: 1 }, random);
      const pixels = Float32Array.from({ length: 2 * 8 * 16 * 3 }, () => random.normal());
      const images = tf.tensor4d(pixels, [2, 8, 16, 3]);
      const masks = dropPathMasks(random, { depth: 3, rate: 0.5, batch: 2 });
      using compiled = compile(gradients);
      const grads = compiled(flatten(p), images, masks);
      results.push(
        Object.fromEntries(
          Object.entries(grads).map(([name, t]) => [name, t.dataSync() as Float32Array]),
        ),
      );
    }
    const [cpu, tensorflow] = results as [Values, Values];
    for (const [name, expected] of Object.entries(cpu)) {
      expected.forEach((value, i) => {
        assertAlmostEquals(tensorflow[name]![i]!, value, 1e-3 + 1e-3 * Math.abs(value), name);
      });
    }
  },
});
