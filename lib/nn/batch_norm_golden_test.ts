import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertGreater } from "@std/assert";
import { type Golden, golden } from "../testing/goldens.ts";
import type { Named } from "../tree/mod.ts";
import { type BatchNorm, batchNorm, type BatchNormBuffers, trainBatchNorm } from "./mod.ts";

/** The kinds in the file: what stands before `.param.`. */
function kinds(g: Golden, pattern: RegExp): string[] {
  const names = g.names.filter((name) => name.endsWith(".param.running_mean"));
  const kinds = names.map((name) => name.slice(0, name.indexOf("."))).filter((kind) =>
    pattern.test(kind)
  );
  assertGreater(kinds.length, 0);
  return kinds;
}

/** A tensor of the file with its channels last: images are stored as `[batch, channels, ...]`. */
function channelsLast(x: tf.Tensor): tf.Tensor {
  return x.rank === 4 ? x.transpose([0, 2, 3, 1]) : x;
}

/** The reverse of {@linkcode channelsLast}. */
function channelsFirst(x: tf.Tensor): tf.Tensor {
  return x.rank === 4 ? x.transpose([0, 3, 1, 2]) : x;
}

/** Output and next statistics of a training call, and the gradients of Σ output · coefficients. */
function call(x: tf.Tensor, p: BatchNorm, coefficients: tf.Tensor) {
  const { weight, bias, ...buffers } = p;
  const scaled = weight && bias ? [weight, bias] : [];
  const loss = (x: tf.Tensor, ...[weight, bias]: tf.Tensor[]) =>
    trainBatchNorm(x, { ...buffers, weight, bias } as BatchNorm)[0].mul(coefficients).sum();
  const [input, ...rest] = tf.grads(loss)([x, ...scaled]);
  const [output, after] = trainBatchNorm(x, p);
  return { output, after, input: input!, ...rest.length && { weight: rest[0]!, bias: rest[1]! } };
}

/** Holds next running statistics against those of the file. */
function compareBuffers(g: Golden, buffers: BatchNormBuffers, at: string) {
  const stored = g.names.filter((name) => name.startsWith(`${at}.after.`));
  assertGreater(stored.length, 0);
  for (const name of stored) {
    g.near(buffers[name.slice(`${at}.after.`.length) as keyof BatchNormBuffers], name);
  }
}

golden(
  "methods/resnet/batch_norm",
  "three calls train, count and evaluate officially",
  (g, run) => {
    const train = run(call);
    const evaluate = run((x: tf.Tensor, p: BatchNorm) => batchNorm(x, p));
    for (const kind of kinds(g, /^bn/)) {
      let p = g.below(`${kind}.param.`) as BatchNorm;
      const calls = g.names.filter((name) =>
        name.startsWith(`${kind}.call`) &&
        name.endsWith(".input")
      );
      assertGreater(calls.length, 0);
      for (let c = 0; c < calls.length; c++) {
        const at = `${kind}.call${c}`;
        const [x, coefficients] = ["input", "loss_coef"].map((name) =>
          channelsLast(g.tensor(`${at}.${name}`))
        );
        const { output, after, input, weight, bias } = train(x!, p, coefficients!);
        g.near(channelsFirst(output), `${at}.output`);
        g.near(channelsFirst(input), `${at}.grad_input`);
        assertEquals(weight !== undefined, g.names.includes(`${at}.grad_weight`));
        if (weight && bias) {
          g.near(weight, `${at}.grad_weight`);
          g.near(bias, `${at}.grad_bias`);
        }
        compareBuffers(g, after, at);
        p = { ...p, ...after };
      }
      const output = evaluate(channelsLast(g.tensor(`${kind}.eval.input`)), p);
      g.near(channelsFirst(output), `${kind}.eval.output`);
    }
  },
  { compiled: true },
);

golden("methods/resnet/batch_norm", "statistics are of the rows that are given", (g, run) => {
  const train = run(call);
  for (const kind of kinds(g, /^sync/)) {
    const p = g.below(`${kind}.param.`) as BatchNorm;
    const [x, coefficients] = [g.tensor(`${kind}.input`), g.tensor(`${kind}.loss_coef`)]
      .map(channelsLast) as [tf.Tensor, tf.Tensor];
    const { output, after, input, weight, bias } = train(x, p, coefficients);
    const whole = `${kind}.synchronized`;
    g.near(channelsFirst(output), `${whole}.output`);
    g.near(channelsFirst(input), `${whole}.grad_input`);
    g.near(weight!, `${whole}.grad_weight_sum`);
    g.near(bias!, `${whole}.grad_bias_sum`);
    compareBuffers(g, after, whole);
    const workers = g.names.filter((name) =>
      /\.own\.worker\d+\.output$/.test(name) &&
      name.startsWith(kind)
    );
    const parts = tf.split(x, workers.length).map((part, i) =>
      [
        part,
        tf.split(coefficients, workers.length)[i]!,
      ] as const
    );
    for (const [worker, [part, coefficients]] of parts.entries()) {
      const own = train(part, p, coefficients);
      g.near(channelsFirst(own.output), `${kind}.own.worker${worker}.output`);
      compareBuffers(g, own.after, `${kind}.own.worker${worker}`);
    }
  }
}, { compiled: true });

golden("methods/resnet/batch_norm", "a scale and shift of one and zero change nothing", (g) => {
  const [kind] = kinds(g, /no_affine/);
  const buffers = g.below(`${kind}.param.`) as Named as BatchNormBuffers;
  const x = g.tensor(`${kind}.eval.input`);
  const width = buffers.running_mean.shape[0];
  const plain = { weight: tf.ones<tf.Rank.R1>([width]), bias: tf.zeros<tf.Rank.R1>([width]) };
  assertEquals(batchNorm(x, buffers).dataSync(), batchNorm(x, { ...buffers, ...plain }).dataSync());
});
