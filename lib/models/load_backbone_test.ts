import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertThrows } from "@std/assert";
import { saveTree } from "../checkpoint/mod.ts";
import { Random } from "../random/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { flatten } from "../tree/mod.ts";
import { loadEncoder, loadVit, readBackbone, toParams } from "./load_backbone.ts";
import { initResnet } from "./resnet/init.ts";
import { resnets } from "./resnet/sizes.ts";
import { vitShapes } from "./vit/shapes.ts";

const sizes = {
  imageSize: 8,
  patchSize: 4,
  width: 4,
  depth: 1,
  heads: 2,
  mlpRatio: 4,
  relationBlocks: 1,
};

/** Saves a training state whose teacher is all ones. */
async function inFile(f: (path: string) => void) {
  const backbone = Object.fromEntries(
    Object.entries(vitShapes(sizes)).map(([name, shape]) => [name, tf.ones(shape)]),
  );
  const folder = await Deno.makeTempDir();
  const config = JSON.stringify({ heads: 2 });
  await saveTree(`${folder}/a`, { step: tf.scalar(1), teacher: { backbone } }, { config });
  f(`${folder}/a`);
  await Deno.remove(folder, { recursive: true });
}

permittedTest(
  "readBackbone() returns the teacher of a training state",
  ["read", "write"],
  () =>
    inFile((path) => {
      const stored = readBackbone(path);
      assertEquals(stored.sizes, sizes);
      const named = flatten(toParams(stored));
      assertEquals(named["blocks.0.attn.qkv.weight"]?.shape, [12, 4]);
    }),
);

permittedTest(
  "loadEncoder() makes an encoder of it, which frees all",
  ["read", "write"],
  () =>
    inFile((path) => {
      const before = tf.memory().numTensors;
      const encoder = loadEncoder(path, { name: "ones" });
      assertEquals([encoder.name, encoder.width, encoder.multiple, encoder.trained], [
        ...["ones", 4, 4, true],
      ]);
      assertEquals(encoder.sizes, sizes);
      encoder.dispose();
      assertEquals(tf.memory().numTensors, before);
    }),
);

permittedTest(
  "loadEncoder() takes a residual network, its classifier left over",
  ["read", "write"],
  async () => {
    const resnet = { ...resnets.resnet18, planes: [2, 2, 2, 3], stemWidth: 2 } as const;
    const folder = await Deno.makeTempDir();
    const params = initResnet(resnet, new Random(0), { classes: 5 });
    await saveTree(`${folder}/a`, { model: { encoder: params } }, {});
    const { sizes, prefix, leftOver } = readBackbone(`${folder}/a`);
    assertEquals([prefix, sizes.resnet, Object.keys(leftOver).sort()], [
      ...["model.encoder.", resnet, ["fc.bias", "fc.weight"]],
    ]);
    using encoder = loadEncoder(`${folder}/a`);
    assertEquals([encoder.width, encoder.multiple], [3, 1]);
    assertThrows(() => loadVit(`${folder}/a`), TypeError, "it holds no vision transformer");
    await Deno.remove(folder, { recursive: true });
  },
);
