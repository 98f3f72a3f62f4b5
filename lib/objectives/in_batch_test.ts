import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { normalize } from "../nn/mod.ts";
import { inBatchContrast, ntXent } from "./in_batch.ts";

golden("methods/moco_v3/losses", "both directions and their gradients are official", (g, run) => {
  for (const [t, temperature] of JSON.parse(g.metadata.temperatures!).entries()) {
    const loss = run((query: tf.Tensor2D, key: tf.Tensor2D) => {
      const contrast = (query: tf.Tensor2D) =>
        inBatchContrast(query, key, { temperature }).mul<tf.Scalar>(2 * temperature);
      return tf.valueAndGrad(contrast)(query);
    });
    for (let step = 0; g.names.includes(`t${t}.step${step}.loss`); step++) {
      const at = (name: string) => `t${t}.step${step}.${name}`;
      const input = (name: string) => g.tensor(at(name)) as tf.Tensor2D;
      const first = loss(input("q1"), input("k2")), second = loss(input("q2"), input("k1"));
      g.near(first.value.reshape([1]), at("loss_q1_k2"));
      g.near(second.value.reshape([1]), at("loss_q2_k1"));
      g.near(first.value.add(second.value).reshape([1]), at("loss"));
      g.near(first.grad, at("grad_q1"));
      g.near(second.grad, at("grad_q2"));
    }
  }
}, { compiled: true });

golden("methods/simclr/losses", "NT-Xent and its gradient are the official ones", (g, run) => {
  for (let call = 0; g.names.includes(`call${call}.loss`); call++) {
    const at = (name: string) => `call${call}.${name}`;
    const options = {
      temperature: g.values(at("temperature"))[0]!,
      normalized: g.values(at("normalized"))[0] === 1,
    };
    const loss = run((x: tf.Tensor2D) =>
      tf.valueAndGrad((x: tf.Tensor2D) => ntXent(x, options))(x)
    );
    const hidden = g.tensor(at("hidden")) as tf.Tensor2D;
    const views = tf.split(options.normalized ? normalize(hidden) : hidden, 2);
    const [first, second] = views as [tf.Tensor2D, tf.Tensor2D];
    const logits = tf.matMul(first, second, false, true).div(options.temperature);
    g.near(logits, at("logits_ab"));
    const { value, grad } = loss(hidden);
    g.near(value.reshape([1]), at("loss"));
    g.near(grad, at("grad_hidden"));
  }
}, { compiled: true });

Deno.test("inBatchContrast() of equal images is the logarithm of the batch", () => {
  const rows = tf.ones<tf.Rank.R2>([4, 3]);
  const loss = inBatchContrast(rows, rows, { temperature: 0.1 });
  assertAlmostEquals(loss.dataSync()[0]!, Math.log(4), 1e-5);
});

Deno.test("ntXent() leaves a view itself out", () => {
  const rows = tf.ones<tf.Rank.R2>([4, 3]); // two views of two images, all alike
  assertAlmostEquals(ntXent(rows, { temperature: 1 }).dataSync()[0]!, 2 * Math.log(3), 1e-5);
});
