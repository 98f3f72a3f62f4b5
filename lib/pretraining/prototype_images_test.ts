import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { granules } from "../datasets/mod.ts";
import { sampleConfig } from "../testing/sample_config.ts";
import { dispose } from "../tree/mod.ts";
import type { MugsState } from "../methods/mugs/state.ts";
import { prototypeImages } from "./prototype_images.ts";
import { initState, type State } from "./state.ts";

Deno.test("prototypeImages() gives the largest prototypes first; each image has one", async () => {
  await tf.setBackend("cpu");
  const { train } = granules({ train: 12, test: 0, size: 16 });
  const state = initState(sampleConfig) as State<MugsState>;
  const before = tf.memory().numTensors;
  const all = await prototypeImages(state, train, { ...sampleConfig, largest: 12, each: 2 });
  assertEquals(tf.memory().numTensors, before);
  assertEquals(all.reduce((sum, { count }) => sum + count, 0), 12);
  assertEquals(
    all.map(({ count }) => count),
    all.map(({ count }) => count).toSorted((a, b) => b - a),
  );
  all.forEach(({ pictures, count }) => assertEquals(pictures.length, Math.min(2, count)));
  const [first, ...none] = await prototypeImages(state, train, { ...sampleConfig, largest: 1 });
  assertEquals([first!.count, none], [all[0]!.count, []]);
  assertEquals(new Set(all.map(({ prototype }) => prototype)).size, all.length);

  // A center that weighs on one prototype keeps all images from it.
  const { prototype } = all[0]!;
  state.buffers.center.dispose();
  state.buffers.center = tf.oneHot(tf.tensor1d([prototype], "int32"), 10).mul<tf.Tensor2D>(1e3);
  const others = await prototypeImages(state, train, { ...sampleConfig, largest: 12 });
  assert(others.every((images) => images.prototype !== prototype));
  dispose(state);
});
