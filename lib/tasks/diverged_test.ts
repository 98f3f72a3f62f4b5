import { assertEquals, assertStringIncludes } from "@std/assert";
import { readLines } from "../runs/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { endTask, smallRun } from "../testing/task_run.ts";
import { openState, restoreState } from "../pretraining/mod.ts";
import { firstNotFinite } from "../training/diverged.ts";

/**
 * Parameters that grow tenfold and more with every step, until a product is infinite: with this
 * seed that of a loss. Heads that normalize would keep the losses finite.
 */
const explosive =
  "--learning-rate 100 --weight-decay 10 --weight-decay-end 10 --warmup 0 --seed 1 " +
  "--no-batch-norm-in-head";

permittedTest(
  "a training that diverges goes back twice, ends with code 3, and leaves its last good checkpoint",
  ["run", "read", "write", "env", "sys"],
  async () => {
    const home = await Deno.makeTempDir();
    const line = `pretrain --out run --backend cpu --steps 60 --save-every 0 --max-rollbacks 2`;
    const { code, out, err } = await endTask(`${line} ${explosive} ${smallRun}`, home);
    assertEquals([code, out], [3, ""], err);
    const messages = err.split("\n").filter((line) => line.includes("Training diverged in step"));
    assertEquals(messages.length, 3, err);
    for (const line of messages) {
      assertStringIncludes(line, 'the loss "');
      assertStringIncludes(line, "the first tensor with a number that is not finite is ");
    }
    for (const line of messages.slice(0, 2)) assertStringIncludes(line, "Going back to step ");
    assertStringIncludes(messages[2]!, "It was tried 3 times: lower the learning rate");
    const run = { path: `${home}/run` };
    const stored = openState(`${run.path}/checkpoint.safetensors`);
    assertEquals((await readLines(run)).at(-1)?.step, stored.step);
    assertEquals(firstNotFinite(restoreState(stored)), null);
    await Deno.remove(home, { recursive: true });
  },
);
