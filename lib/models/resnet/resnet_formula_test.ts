import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertGreater } from "@std/assert";
import { hashed, waves } from "../../testing/formula.ts";
import { type Golden, golden } from "../../testing/goldens.ts";
import { compareShared, type ResnetPass, resnetPass } from "../../testing/resnet_pass.ts";
import { flatten, type Named, unflatten } from "../../tree/mod.ts";
import { type Resnet, resnetFeatures, resnets, resnetShapes, trainResnetFeatures } from "../mod.ts";

/** The parameters that the formula gives: that of a name is in the file's JSON. */
function parameters({ json: { seed, params } }: Golden): Named {
  return Object.fromEntries(
    (params as [string, number[], number][]).map(([name, shape, j]) => {
      if (name.endsWith("num_batches_tracked")) return [name, tf.scalar(0, "int32")];
      const inputs = shape.slice(1).reduce((product, n) => product * n, 1);
      const [offset, scale] = shape.length > 1
        ? [0, Math.sqrt(24 / inputs)]
        : /\.(bias|running_mean)$/.test(name)
        ? [0, 0.2]
        : name.endsWith("bn3.weight")
        ? [0.5, 0.25]
        : [1, 0.5];
      const value = hashed(j, seed);
      const values = new Float32Array(shape[0]! * inputs);
      for (let i = 0; i < values.length; i++) values[i] = offset + scale * value(i);
      return [name, tf.tensor(values, shape)];
    }),
  );
}

/** The mean cross-entropy of logits, where image n has label (37 n + 11) mod classes. */
function crossEntropy(logits: tf.Tensor2D): tf.Scalar {
  const [batch, classes] = logits.shape;
  const labels = Array.from({ length: batch }, (_, n) => (37 * n + 11) % classes);
  const target = tf.oneHot(tf.tensor1d(labels, "int32"), classes);
  return tf.logSoftmax(logits).mul(target).sum(-1).mean<tf.Scalar>().neg();
}

/** Cuts a map `[batch, channels, height, width]` to the part that the file has. */
function slice(map: tf.Tensor, [, channels, rows]: number[]): tf.Tensor {
  const step = Math.ceil(map.shape[3]! / rows!);
  const part = map.slice([0, 0, 0, 0], [-1, channels!, -1, -1]);
  return tf.stridedSlice(part, [0, 0, 0, 0], part.shape, [1, 1, step, step]);
}

golden("methods/resnet/resnet50_formula", "ResNet-50 is the official one", (g, run) => {
  const named = parameters(g);
  assertEquals(
    new Set(Object.keys(named)),
    new Set(Object.keys(resnetShapes(resnets.resnet50, { classes: 1000 }))),
  );
  for (const tag of Object.keys(g.json.runs)) {
    const [mode, size] = tag.split(".") as [string, string];
    const { batch, grad_norms, loss_f64 } = g.json.runs[tag];
    const train = mode === "train";
    tf.tidy(() => {
      const images = (call: number) => waves(batch, Number(size.slice(1)), { first: call * batch });
      const [, , rows, columns] = g.shape(`${tag}.image_check`);
      const corner = images(0).slice([0, 0, 0, 0], [-1, rows!, columns!, -1]);
      g.near(corner.transpose([0, 3, 1, 2]), `${tag}.image_check`);

      const step = run((images: tf.Tensor4D, p: Resnet) =>
        resnetPass(images, p, { train, loss: crossEntropy })
      );
      const pass = step(images(0), unflatten(named));
      comparePass(g, pass, tag);
      g.nearNumbers(pass.loss.dataSync(), [loss_f64], { name: `${tag}.loss` });
      assertEquals(new Set(Object.keys(pass.grads)), new Set(Object.keys(grad_norms)));
      for (const [name, gradient] of Object.entries(pass.grads)) {
        const norm = gradient.norm().dataSync();
        g.nearNumbers(norm, [grad_norms[name]], { name: `${tag}.grad_norm.${name}` });
      }
      if (!train) return;
      const next = run((images: tf.Tensor4D, p: Resnet) => trainResnetFeatures(images, p)[1]);
      const evaluate = run((images: tf.Tensor4D, p: Resnet) => resnetFeatures(images, p));
      let state = { ...named, ...pass.after };
      compareShared(g, state, `${tag}.after1.`);
      for (const call of [1, 2]) {
        state = { ...state, ...flatten(next(images(call), unflatten<Resnet>(state))) };
      }
      compareShared(g, state, `${tag}.after3.`);
      g.near(evaluate(images(0), unflatten<Resnet>(state)), `${tag}.after3.eval_pooled`);
    });
  }
}, { compiled: true, backends: ["tensorflow"] });

/** Holds maps, logits and gradients against what the file has of them. */
function comparePass(g: Golden, { outputs, loss, grads }: ResnetPass, tag: string) {
  const { pooled, logits, ...maps } = outputs;
  for (const [name, map] of Object.entries(maps)) {
    const stored = `${tag}.${name}_first4`;
    g.near(slice(map, g.shape(stored)), stored);
    g.near(map.mean([2, 3]), `${tag}.${name}_mean`);
  }
  g.near(pooled, `${tag}.pooled`);
  g.near(pooled, `${tag}.pooled_f64`);
  g.near(logits, `${tag}.logits`);
  g.near(loss.dataSync(), `${tag}.loss`);
  compareShared(g, grads, `${tag}.grad.`);
  const rows = g.names.filter((name) => name.startsWith(`${tag}.grad_rows.`));
  assertGreater(rows.length, 0);
  for (const name of rows) {
    const gradient = grads[name.slice(`${tag}.grad_rows.`.length)]!;
    g.near(gradient.slice(0, g.shape(name)[0]), name);
  }
}
