import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { lookUp, type Memory, type MemoryPointer, remember } from "./memory.ts";

for (const flags of [true, false]) {
  for (const [prefix, pointer] of [["official", "reference"], ["intended", "fixed"]] as const) {
    const kind = `${prefix}_${flags ? "flags" : "noflags"}`;
    golden("memory", `the rows and the pointer are those of ${kind}`, (g, run) => {
      const step = run((memory: Memory, rows: tf.Tensor2D, weak: tf.Tensor1D) =>
        remember(memory, rows, { weak: flags ? weak : undefined, pointer })
      );
      let memory = g.below("initial.") as Memory;
      const { steps } = JSON.parse(g.metadata.config!);
      for (let s = 0; s < steps; s++) {
        const weak = g.tensor(`step${s}.weak_flags`).cast("float32") as tf.Tensor1D;
        memory = step(memory, g.tensor(`step${s}.query`) as tf.Tensor2D, weak);
        g.near(memory.queue_q, `step${s}.${kind}.queue`);
        g.near(memory.queue_k, `step${s}.${kind}.queue_k`);
        g.near(memory.queue_ptr, `step${s}.${kind}.queue_ptr`);
        assertEquals(Array.from(memory.queue_ptr.dataSync()), [g.json[s][kind].ptr_after]);
      }
    }, { compiled: true, json: "memory_log.json" });
  }
}

golden("memory", "neighbors are searched in queue_q and taken from queue_k", (g, run) => {
  const { steps, top_n: count } = JSON.parse(g.metadata.config!);
  const step = run((memory: Memory, rows: tf.Tensor2D, weak: tf.Tensor1D) =>
    remember(memory, rows, { weak, pointer: "reference" })
  );
  const search = run((memory: Memory, queries: tf.Tensor2D) => lookUp(memory, queries, count));
  let memory = g.below("initial.") as Memory;
  for (let s = 0; s < steps; s++) {
    const weak = g.tensor(`step${s}.weak_flags`).cast("float32") as tf.Tensor1D;
    memory = step(memory, g.tensor(`step${s}.query`) as tf.Tensor2D, weak);
    const neighbors = search(memory, g.tensor(`step${s}.lookup.query`) as tf.Tensor2D);
    g.near(neighbors.index, `step${s}.lookup.official_flags.index`);
    g.near(neighbors.rows, `step${s}.lookup.official_flags.k`);
    const values = tf.gather(memory.queue_v, neighbors.index.toInt());
    g.near(values, `step${s}.lookup.official_flags.v`);
  }
}, { compiled: true });

const rows = tf.tensor2d([[1], [2], [3]]);
const empty = (): Memory => ({
  queue_q: tf.zeros([4, 1]),
  queue_k: tf.zeros([4, 1]),
  queue_v: tf.zeros([4, 1]),
  queue_ptr: tf.tensor1d([0], "int32"),
});

Deno.test("remember() takes in the weak rows alone, in their order", () => {
  const memory = remember(empty(), rows, { weak: tf.tensor1d([1, 0, 1]) });
  assertEquals(Array.from(memory.queue_v.dataSync()), [1, 3, 0, 0]);
  assertEquals(Array.from(memory.queue_ptr.dataSync()), [2]);
});

Deno.test("remember() without weak rows changes nothing", () => {
  const before = remember(empty(), rows);
  const after = remember(before, rows, { weak: tf.zeros([3]) });
  assertEquals(Array.from(after.queue_k.dataSync()), [1, 2, 3, 0]);
  assertEquals(Array.from(after.queue_ptr.dataSync()), [3]);
});

Deno.test("remember() leaves a gap only with the reference's pointer", () => {
  const written = (pointer: MemoryPointer) => {
    const two = { weak: tf.tensor1d([1, 0, 0]), pointer };
    const memory = remember(remember(empty(), rows, two), rows, two);
    return Array.from(memory.queue_k.dataSync());
  };
  assertEquals(written("fixed"), [1, 1, 0, 0]);
  assertEquals(written("reference"), [1, 0, 1, 0]);
});

Deno.test("lookUp() compares directions, not lengths", () => {
  const content = tf.tensor2d([[9, 9], [0.1, 0], [0, 5]]);
  const memory = { ...empty(), queue_q: content, queue_k: content };
  const { index } = lookUp(memory, tf.tensor2d([[2, 0.1]]), 2);
  assertEquals(Array.from(index.dataSync()), [1, 0]);
});

Deno.test("lookUp() lets no gradient through to the queries", () => {
  const content = tf.tensor2d([[1, 0], [0, 1], [1, 1]]);
  const memory = { ...empty(), queue_q: content, queue_k: content };
  const f = (x: tf.Tensor) => x.sum().add(lookUp(memory, x as tf.Tensor2D, 2).rows.sum());
  assertEquals(Array.from(tf.grad(f)(tf.tensor2d([[1, 2]])).dataSync()), [1, 1]);
});
