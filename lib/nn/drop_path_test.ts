import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../random/mod.ts";
import { dropPath, dropPathMasks } from "./drop_path.ts";

Deno.test("dropPath() drops whole samples and scales the others", () => {
  const branch = tf.ones<tf.Rank.R3>([2, 3, 1]);
  const dropped = dropPath(branch, tf.tensor1d([0, 2])).squeeze([2]);
  assertEquals(dropped.arraySync(), [[0, 0, 0], [2, 2, 2]]);
  assertEquals(dropPath(branch), branch);
});

Deno.test("dropPathMasks() grow from 0 to the rate and keep the mean", () => {
  const masks = dropPathMasks(new Random(1), { depth: 3, rate: 0.4, batch: 4000 });
  assertEquals(masks.shape, [3, 2, 4000]);
  const kept = masks.greater(0).cast("float32").mean([1, 2]).dataSync();
  [1, 0.8, 0.6].forEach((keep, block) => assertAlmostEquals(kept[block]!, keep, 0.02));
  assertAlmostEquals(masks.mean().dataSync()[0]!, 1, 0.02);
});

Deno.test("dropPathMasks() are those of the seed", () => {
  const draw = () => dropPathMasks(new Random("a"), { depth: 2, rate: 0.5, batch: 8 }).arraySync();
  assertEquals(draw(), draw());
});
