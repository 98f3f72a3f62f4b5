import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { enqueue, type Queue } from "./queue.ts";
import { contrastLogits, firstIsRight } from "./queue_contrast.ts";

golden("methods/info_min/losses", "both branches, gradients and queue are official", (g, run) => {
  const temperature = Number(g.metadata.temperature), beta = Number(g.metadata.beta);
  const step = run(([query, jigsaw]: tf.Tensor2D[], key: tf.Tensor2D, state: Queue) => {
    const logits = (query: tf.Tensor) =>
      contrastLogits(query as tf.Tensor2D, key, { queue: state.queue, temperature });
    const losses = (query: tf.Tensor, jigsaw: tf.Tensor) =>
      [query, jigsaw].map((query) => firstIsRight(logits(query))) as [tf.Scalar, tf.Scalar];
    const loss = (query: tf.Tensor, jigsaw: tf.Tensor) => {
      const [instance, parts] = losses(query, jigsaw);
      return instance.mul(1 - beta).add<tf.Scalar>(parts.mul(beta));
    };
    const { value, grads } = tf.valueAndGrads(loss)([query!, jigsaw!]);
    return {
      logits: [logits(query!), logits(jigsaw!)],
      losses: [...losses(query!, jigsaw!), value],
      grads,
      state: enqueue(state, key),
    };
  });
  const rows = (name: string) => g.tensor(name) as tf.Tensor2D;
  let state: Queue = {
    queue: rows("memory_initial").transpose(),
    queue_ptr: tf.tensor1d([0], "int32"),
  };
  for (let call = 0; g.names.includes(`call${call}.loss`); call++) {
    const at = (name: string) => `call${call}.${name}`;
    const queries = [rows(at("query")), rows(at("query_jigsaw"))];
    const out = step(queries, rows(at("key")), state);
    for (const [i, kind] of ["", "_jigsaw"].entries()) {
      g.near(out.logits[i]!, at(`logits${kind}`));
      g.near(out.grads[i]!, at(`grad_query${kind}`));
    }
    for (const [i, name] of ["loss_instance", "loss_jigsaw", "loss"].entries()) {
      g.near(out.losses[i]!.reshape([1]), at(name));
    }
    state = out.state;
    g.near(state.queue.transpose(), at("memory_after"));
    g.near(state.queue_ptr, at("index_after"));
  }
}, { compiled: true });

Deno.test("firstIsRight() is the logarithm of the keys where all are alike", () => {
  assertAlmostEquals(firstIsRight(tf.ones([2, 5])).dataSync()[0]!, Math.log(5), 1e-6);
});
