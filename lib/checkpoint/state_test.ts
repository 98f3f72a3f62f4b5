import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertThrows } from "@std/assert";
import { flatten, type Named, type Shapes } from "../tree/mod.ts";
import { writeSafetensors } from "./write_safetensors.ts";
import { openCheckpoint, restoreNamed, saveTree } from "./state.ts";

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

const shapes: Shapes = {
  step: [],
  "student.blocks.0.weight": [2, 1],
  "student.blocks.1.weight": [1],
  "optimizer.first.blocks.0.weight": [2, 1],
};

Deno.test({
  name: `a checkpoint that was saved is restored: paths, values and metadata${needs}`,
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      await saveTree(`${folder}/a`, state(3), { config: "{}" });
      const checkpoint = openCheckpoint(`${folder}/a`);
      assertEquals(checkpoint.metadata, { config: "{}", format: "mugs", version: "1" });
      const loaded = restoreNamed(checkpoint, shapes);
      assertEquals(loaded.step?.dtype, "int32");
      const values = (named: Named) =>
        Object.entries(named).map(([path, t]) => [path, t.arraySync()]);
      assertEquals(values(loaded), values(flatten(state(3))));
    }),
});

Deno.test({
  name: `restoreNamed() names what another configuration has more, less or otherwise${needs}`,
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      await saveTree(`${folder}/a`, state(3));
      const checkpoint = openCheckpoint(`${folder}/a`);
      const refuses = (expected: Shapes, why: string) =>
        assertThrows(() => restoreNamed(checkpoint, expected, "a"), TypeError, why);
      const { "optimizer.first.blocks.0.weight": _, ...others } = shapes;
      refuses({ ...shapes, center: [] }, 'Cannot continue from a: it lacks "center"');
      refuses(others, 'no place for "optimizer.first.blocks.0.weight"');
      refuses({ ...shapes, step: [1] }, '"step" has shape []');
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
  name: `a checkpoint that another one has replaced since it was opened is refused${needs}`,
  ignore,
  fn: () =>
    inFolder(async (folder) => {
      await saveTree(`${folder}/a`, state(3));
      const opened = openCheckpoint(`${folder}/a`);
      await saveTree(`${folder}/a`, { step: tf.scalar(1, "int32") });
      assertThrows(
        () => restoreNamed(opened, shapes),
        SyntaxError,
        "changed since it was opened",
      );
    }),
});
