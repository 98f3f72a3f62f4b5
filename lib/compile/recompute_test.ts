import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { permittedTest, tensorflowTest } from "../testing/permitted.ts";
import { compile, recompute } from "./mod.ts";

type Pair = [tf.Tensor, tf.Tensor];
const x = () => tf.randomNormal([6, 4], 0, 1, "float32", 1);
const w = () => tf.randomNormal([4, 4], 0, 1, "float32", 2);

/** A layer that counts its runs. */
function layer() {
  const counted = {
    runs: 0,
    f: (inputs: tf.Tensor[], [mask]: tf.Tensor[]) => {
      counted.runs++;
      const [x, w] = inputs as [tf.Tensor2D, tf.Tensor2D];
      return tf.matMul(x, w).tanh().mul(mask!);
    },
  };
  return counted;
}

/** Gradients of three layers, each scaled by a mask that does not outlive the forward pass. */
function gradients([x, w]: Pair, run: typeof recompute, { f }: ReturnType<typeof layer>): Pair {
  const masks = [0.5, 2, 1];
  const loss = (x: tf.Tensor, w: tf.Tensor) =>
    masks.reduce((x, mask) => run(f, [x, w], [tf.fill([6, 1], mask)]), x).square().sum<tf.Scalar>();
  return tf.grads(loss)([x, w]) as Pair;
}

const plain: typeof recompute = (f, inputs, constants = []) => f(inputs, constants);

function assertSame(actual: Pair, expected: Pair) {
  for (const [i, gradient] of actual.entries()) {
    const reference = expected[i]!.dataSync();
    gradient.dataSync().forEach((value, k) => assertAlmostEquals(value, reference[k]!, 1e-5));
  }
}

Deno.test("recompute() gives the same gradients by a second run of each layer", async () => {
  await tf.setBackend("cpu");
  const once = layer(), twice = layer();
  const inputs: Pair = [x(), w()];
  assertSame(gradients(inputs, recompute, twice), gradients(inputs, plain, once));
  assertEquals([once.runs, twice.runs], [3, 6]);
});

Deno.test("recompute() leaves no tensors behind", async () => {
  await tf.setBackend("cpu");
  const inputs: Pair = [x(), w()];
  const before = tf.memory().numTensors;
  tf.dispose(gradients(inputs, recompute, layer()));
  assertEquals(tf.memory().numTensors, before);
});

tensorflowTest("recompute() gives the same gradients on TensorFlow, compiled and not", () => {
  const inputs: Pair = [x(), w()];
  const expected = gradients(inputs, plain, layer());
  assertSame(gradients(inputs, recompute, layer()), expected);
  using compiled = compile((x: tf.Tensor, w: tf.Tensor) => gradients([x, w], recompute, layer()));
  assertSame(compiled(...inputs) as Pair, expected);
});

/**
 * Greatest resident memory, in megabytes, of a process that computes compiled gradients of 16
 * layers of 32 MB in two chains.
 */
async function peak(expression: string): Promise<number> {
  const at = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const code = `
    import * as tf from "@tensorflow/tfjs";
    import { compile, recompute, use } from ${at("./mod.ts")};
    await use("tensorflow");
    const plain = (f, inputs, constants) => f(inputs, constants);
    const run = ${expression};
    const layer = ([x, w]) => tf.matMul(tf.matMul(x, w).tanh().square(), w, false, true);
    const chain = (x, w) => {
      for (let i = 0; i < 8; i++) x = run(layer, [x, w], []);
      return x.sum();
    };
    const loss = (x, w) => chain(x, w).add(chain(x.add(1), w));
    using step = compile((x, w) => tf.grads(loss)([x, w])[1].sum());
    step(tf.ones([8192, 64]), tf.fill([64, 1024], 0.01)).dataSync();
    console.log(/VmHWM:\\s*(\\d+)/.exec(Deno.readTextFileSync("/proc/self/status"))[1] / 1024);
  `;
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--ext=ts", "--no-check", code],
    cwd: new URL("../..", import.meta.url),
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  return Number(new TextDecoder().decode(stdout).trim().split("\n").at(-1));
}

const onLinux = Deno.build.os === "linux" ? permittedTest : () => {};

onLinux(
  "recompute() lowers the memory of a compiled gradient",
  ["read", "run", "ffi"],
  async () => {
    const plain = await peak("plain"), recomputed = await peak("recompute");
    // Each layer keeps two arrays of 32 MB or more for its gradient: together a gigabyte, and if
    // layers are recomputed only those of one at a time.
    assert(recomputed < plain - 700, `${recomputed} MB is not much less than ${plain} MB`);
  },
);
