import { assertEquals, assertRejects } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { keptSteps, saveCheckpoint } from "./checkpoints.ts";
import { pathOf } from "./folder.ts";

permittedTest("the newest checkpoint and those kept before it", ["read", "write"], async () => {
  const run = { path: await Deno.makeTempDir() };
  const newest = () => Deno.readTextFile(pathOf(run, "checkpoint.safetensors"));
  const save = (step: number, keep: number) =>
    saveCheckpoint(run, (path) => Deno.writeTextFile(path, `step ${step}`), { step, keep });
  await save(5, 1);
  assertEquals([await newest(), await keptSteps(run)], ["step 5", []]);
  for (const step of [8, 9, 10]) {
    // As a rename does, and a write does not.
    await Deno.remove(pathOf(run, "checkpoint.safetensors"));
    await save(step, 2);
  }
  assertEquals([await newest(), await keptSteps(run)], ["step 10", [9, 10]]);
  assertEquals(await Deno.readTextFile(`${run.path}/checkpoint-9.safetensors`), "step 9");
  await Deno.remove(run.path, { recursive: true });
});

permittedTest(
  "a checkpoint that cannot be written costs none before it",
  ["read", "write"],
  async () => {
    const run = { path: await Deno.makeTempDir() };
    await saveCheckpoint(run, (path) => Deno.writeTextFile(path, "old"), { step: 1, keep: 2 });
    const full = () => Promise.reject(new Error("No space left on device"));
    await assertRejects(() => saveCheckpoint(run, full, { step: 2, keep: 2 }), Error, "No space");
    assertEquals(await Deno.readTextFile(pathOf(run, "checkpoint.safetensors")), "old");
    assertEquals(await keptSteps(run), [1]);
    await Deno.remove(run.path, { recursive: true });
  },
);
