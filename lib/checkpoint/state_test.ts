import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertThrows } from "@std/assert";
import { leaves, type Tree } from "../tree/mod.ts";
import { writeSafetensors } from "./write_safetensors.ts";
import { openCheckpoint, restoreTree, saveTree } from "./state.ts";

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
  name: `a checkpoint that was saved is restored: the tree, its values and the metadata${needs}`,
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      await saveTree(`${folder}/a`, state(3), { config: "{}" });
      const checkpoint = openCheckpoint(`${folder}/a`);
      assertEquals(checkpoint.metadata, { config: "{}", format: "mugs", version: "1" });
      const loaded = restoreTree(checkpoint, state(0));
      assertEquals(loaded.step.dtype, "int32");
      const values = (tree: Tree) => leaves(tree).map((t) => t.arraySync());
      assertEquals(values(loaded), values(state(3)));
      assertEquals(Object.keys(loaded.optimizer.first), ["blocks.0.weight"]);
    }),
});

Deno.test({
  name: `restoreTree() names what another configuration has more, less or otherwise${needs}`,
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      await saveTree(`${folder}/a`, state(3));
      const checkpoint = openCheckpoint(`${folder}/a`);
      const { step, student, optimizer } = state(0);
      const refuses = (like: Tree, why: string) =>
        assertThrows(() => restoreTree(checkpoint, like, "a"), TypeError, why);
      refuses(
        { step, student, optimizer, center: step },
        'Cannot continue from a: it lacks "center"',
      );
      refuses({ step, student }, 'no place for "optimizer.first.blocks.0.weight"');
      refuses({ step: tf.zeros([1]), student, optimizer }, '"step" has shape []');
    }),
});

Deno.test({
  name: `openCheckpoint() refuses other files and later versions${needs}`,
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      await writeSafetensors(`${folder}/other`, {});
      assertThrows(
        () => openCheckpoint(`${folder}/other`),
        TypeError,
        "no checkpoint of a training",
      );
      await writeSafetensors(`${folder}/later`, {}, { format: "mugs", version: "2" });
      assertThrows(
        () => openCheckpoint(`${folder}/later`),
        TypeError,
        "version 2, and this program",
      );
    }),
});

Deno.test({
  name: `restoreTree() uses up the tree that it fills, tensor by tensor${needs}`,
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      await saveTree(`${folder}/a`, state(3));
      const like = state(0), before = tf.memory().numTensors;
      restoreTree(openCheckpoint(`${folder}/a`), like);
      assertEquals(leaves(like).map(({ isDisposed }) => isDisposed), Array(4).fill(true));
      assertEquals(tf.memory().numTensors, before);
    }),
});

Deno.test({
  name: `a checkpoint that another one has replaced since it was opened is refused${needs}`,
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      await saveTree(`${folder}/a`, state(3));
      const opened = openCheckpoint(`${folder}/a`);
      await saveTree(`${folder}/a`, { step: tf.scalar(1, "int32") });
      assertThrows(
        () => restoreTree(opened, state(0)),
        SyntaxError,
        "changed since it was opened",
      );
    }),
});
