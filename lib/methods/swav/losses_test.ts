import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { normalize } from "../../nn/mod.ts";
import { golden } from "../../testing/goldens.ts";
import { dinoLoss } from "../dino/losses.ts";
import { assignments } from "./assignments.ts";
import { type EmbeddingQueue, isFull, push } from "./queue.ts";

golden("methods/swav/losses", "assignments, loss, gradients and queue are official", (g, run) => {
  const { batch, temperature, epsilon, sinkhorn_iterations: iterations } = JSON.parse(
    g.metadata.config!,
  );
  const scoresOf = (x: tf.Tensor, p: tf.Tensor): tf.Tensor2D => tf.matMul(x, p, false, true);
  const step = run((embeddings: tf.Tensor2D, weight: tf.Tensor2D, queue?: EmbeddingQueue) => {
    const prototypes = normalize(weight);
    const large = embeddings.slice<tf.Tensor2D>([0], [2 * batch]);
    const scores = scoresOf(large, prototypes);
    const targets = assignments(scores, prototypes, { epsilon, iterations, queue });
    const loss = (x: tf.Tensor, p: tf.Tensor) => dinoLoss(scoresOf(x, p), targets, { temperature });
    const { value, grads } = tf.valueAndGrads(loss)([embeddings, prototypes]);
    const next = queue ? push(queue, large) : tf.zeros([0]);
    return { prototypes, scores, targets, value, grads, next };
  });
  for (const kind of ["no_queue", "queue"]) {
    let queue = kind === "queue" ? g.tensor("queue.initial") as EmbeddingQueue : undefined;
    for (let s = 0; g.names.includes(`${kind}.step${s}.loss`); s++) {
      const at = (name: string) => `${kind}.step${s}.${name}`;
      const input = (name: string) => g.tensor(at(name)) as tf.Tensor2D;
      const weight = input("prototypes_before_normalization");
      const out = step(input("embeddings"), weight, queue);
      g.near(out.prototypes, at("prototypes"));
      g.near(out.value.reshape([1]), at("loss"));
      g.near(out.grads[0]!, at("grad_embeddings"));
      g.near(out.grads[1]!, at("grad_prototypes"));
      for (const [view, targets] of tf.split(out.targets, 2).entries()) {
        const scores = tf.split(out.scores, 2)[view]!;
        const full = queue && isFull(queue).dataSync()[view] === 1;
        const earlier = tf.unstack(queue ?? tf.zeros([2, 0, 0]))[view]!;
        const all = full ? tf.concat([scoresOf(earlier, out.prototypes), scores]) : scores;
        g.near(all, at(`sinkhorn_input${view}`));
        g.near(targets, at(`assignments${view}`));
      }
      if (queue) g.near(queue = out.next as EmbeddingQueue, at("queue_after"));
    }
  }
}, { compiled: true });

Deno.test("push() drops the oldest embeddings, and isFull() tells when none is missing", () => {
  let queue: EmbeddingQueue = tf.zeros([2, 2, 1]);
  queue = push(queue, tf.tensor2d([[1], [2]])); // one image of each view
  assertEquals(Array.from(queue.dataSync()), [1, 0, 2, 0]);
  assertEquals(Array.from(isFull(queue).dataSync()), [0, 0]);
  queue = push(push(queue, tf.tensor2d([[3], [4]])), tf.tensor2d([[5], [6]]));
  assertEquals(Array.from(queue.dataSync()), [5, 3, 6, 4]);
  assertEquals(Array.from(isFull(queue).dataSync()), [1, 1]);
});
