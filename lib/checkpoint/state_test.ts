import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertThrows } from "@std/assert";
import { leaves, type Tree } from "../tree/mod.ts";
import { loadBackbone } from "./load_backbone.ts";
import { shapes } from "./sizes.ts";
import { write } from "./safetensors.ts";
import { open, restore, save } from "./state.ts";

const granted = (name: "read" | "write") =>
  Deno.permissions.querySync({ name }).state === "granted";
const ignore = !granted("read") || !granted("write");
const needs = ignore ? " (needs read and write permission)" : "";

async function inFolder(f: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  await f(folder).finally(() => Deno.remove(folder, { recursive: true }));
}

/** A state whose optimizer keeps names with dots as keys. */
function state(fill: number) {
  return {
    step: tf.scalar(fill, "int32"),
    student: { blocks: [{ weight: tf.fill([2, 1], fill) }, { weight: tf.fill([1], -fill) }] },
    optimizer: { first: { "blocks.0.weight": tf.fill([2, 1], fill / 2) } },
  };
}

Deno.test({
  name: `save(), open() and restore() return the tree, its values and the metadata${needs}`,
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      await save(`${folder}/a`, state(3), { config: "{}" });
      const checkpoint = open(`${folder}/a`);
      assertEquals(checkpoint.metadata, { config: "{}", format: "mugs", version: "1" });
      const loaded = restore(checkpoint, state(0));
      assertEquals(loaded.step.dtype, "int32");
      const values = (tree: Tree) => leaves(tree).map((t) => t.arraySync());
      assertEquals(values(loaded), values(state(3)));
      assertEquals(Object.keys(loaded.optimizer.first), ["blocks.0.weight"]);
    }),
});

Deno.test({
  name: `restore() names what another configuration has more, less or otherwise${needs}`,
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      await save(`${folder}/a`, state(3));
      const checkpoint = open(`${folder}/a`);
      const { step, student, optimizer } = state(0);
      const refuses = (like: Tree, why: string) =>
        assertThrows(() => restore(checkpoint, like, "a"), TypeError, why);
      refuses(
        { step, student, optimizer, center: step },
        'Cannot continue from a: it lacks "center"',
      );
      refuses({ step, student }, 'no place for "optimizer.first.blocks.0.weight"');
      refuses({ step: tf.zeros([1]), student, optimizer }, '"step" has shape []');
    }),
});

Deno.test({
  name: `open() refuses other files and later versions${needs}`,
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      await write(`${folder}/other`, {});
      assertThrows(() => open(`${folder}/other`), TypeError, "no checkpoint of a training");
      await write(`${folder}/later`, {}, { format: "mugs", version: "2" });
      assertThrows(() => open(`${folder}/later`), TypeError, "version 2, and this program");
    }),
});

Deno.test({
  name: `loadBackbone() returns the teacher of a training state${needs}`,
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      const sizes = {
        imageSize: 8,
        patchSize: 4,
        width: 4,
        depth: 1,
        heads: 2,
        mlpRatio: 4,
        relationBlocks: 1,
      };
      const backbone = Object.fromEntries(
        Object.entries(shapes(sizes)).map(([name, shape]) => [name, tf.ones(shape)]),
      );
      const config = JSON.stringify({ heads: 2 });
      await save(`${folder}/a`, { step: tf.scalar(1), teacher: { backbone } }, { config });
      type Params = { blocks: { attn: { qkv: { weight: tf.Tensor } } }[] };
      const loaded = await loadBackbone<Params>(`${folder}/a`);
      assertEquals(loaded.sizes, sizes);
      assertEquals(loaded.params.blocks[0].attn.qkv.weight.shape, [12, 4]);
    }),
});

Deno.test({
  name: `restore() uses up the tree that it fills, tensor by tensor${needs}`,
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      await save(`${folder}/a`, state(3));
      const like = state(0), before = tf.memory().numTensors;
      restore(open(`${folder}/a`), like);
      assertEquals(leaves(like).map(({ isDisposed }) => isDisposed), Array(4).fill(true));
      assertEquals(tf.memory().numTensors, before);
    }),
});

Deno.test({
  name: `a checkpoint that another one has replaced since it was opened is refused${needs}`,
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      await save(`${folder}/a`, state(3));
      const opened = open(`${folder}/a`);
      await save(`${folder}/a`, { step: tf.scalar(1, "int32") });
      assertThrows(() => restore(opened, state(0)), SyntaxError, "changed since it was opened");
    }),
});
