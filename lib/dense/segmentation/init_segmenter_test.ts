import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { configureSegmentation } from "../../configs/mod.ts";
import { initVit } from "../../models/mod.ts";
import { Random } from "../../random/mod.ts";
import { dispose, flatten } from "../../tree/mod.ts";
import { initSegmenter, segmentationSetup, segmenterShapes } from "../mod.ts";

const sizes = {
  ...{ imageSize: 32, patchSize: 16, width: 16, depth: 3, heads: 2, mlpRatio: 2 },
  relationBlocks: 1,
};
const overrides = { head: "upernet", crop: 64, channels: 16, auxiliaryChannels: 8 } as const;
const setup = segmentationSetup(configureSegmentation({ overrides }), sizes, 5);

Deno.test("a new segmenter has its setup's tensors, initialized as the reference's", async () => {
  await tf.setBackend("cpu");
  const named = flatten(initSegmenter(setup));
  const shapes = Object.entries(named).map(([name, { shape }]) => [name, shape] as const);
  assertEquals(Object.fromEntries(shapes), segmenterShapes(setup));
  const values = (name: string) => Array.from(named[name]!.dataSync());
  const deviation = (name: string) => {
    const all = values(name);
    return Math.sqrt(all.reduce((sum, x) => sum + x * x, 0) / all.length);
  };
  assertAlmostEquals(deviation("decode_head.conv_seg.weight"), 0.01, 0.002);
  // Kaiming's normal numbers by the outputs: 16 channels of 3 x 3 places.
  assertAlmostEquals(deviation("decode_head.bottleneck.conv.weight"), Math.sqrt(2 / 144), 0.004);
  const bound = 1 / Math.sqrt(4 * sizes.width);
  for (const name of ["fpn1.0.weight", "fpn1.3.bias", "fpn2.0.weight"]) {
    const all = values(`backbone.${name}`).map(Math.abs);
    assert(Math.max(...all) <= bound && Math.max(...all) > 0.7 * bound, name);
  }
  assert(values("auxiliary_head.convs.0.bn.weight").every((x) => x === 1));
  assert(values("auxiliary_head.conv_seg.bias").every((x) => x === 0));
  dispose(named);
});

Deno.test("a segmenter takes the weights it is given, with positions for its crop", async () => {
  await tf.setBackend("cpu");
  const vit = initVit(sizes, new Random("weights"));
  const expected = vit.blocks[0]!.mlp.fc1.weight.dataSync();
  const named = flatten(initSegmenter(setup, vit));
  assertEquals(named["backbone.blocks.0.mlp.fc1.weight"]!.dataSync(), expected);
  assertEquals(named["backbone.pos_embed"]!.shape, [1, 17, 16]);
  assertEquals(Object.keys(named).filter((name) => name.includes("relation")), []);
  dispose(named);
});
