import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { spawn } from "node:child_process";
import process from "node:process";
import { permittedTest } from "../testing/permitted.ts";
import { smallConfig, writeImages } from "../testing/task_run.ts";
import { holder, pathOf } from "../runs/mod.ts";
import { configure, follow, launch, plan, type PlannedRun, status, stop } from "./mod.ts";

/** A run that takes longer than the test, unless it is reports its steps. */
async function small(home: string, steps: number): Promise<PlannedRun> {
  const { config } = configure({ overrides: { ...smallConfig, steps } });
  return await plan({ config, data: `${home}/set`, backend: "cpu" }, { folder: home });
}

/** A process that launches a run and follows it, as a notebook does, and what it has counts. */
function notebook(planned: PlannedRun) {
  const code = `
    import { follow, launch } from ${JSON.stringify(new URL("./mod.ts", import.meta.url).href)};
    const planned = ${JSON.stringify(planned)};
    await launch(planned);
    for await (const steps of follow(planned, { every: 0.05 })) console.log(steps.length);`;
  const child = spawn(Deno.execPath(), ["eval", "--no-check", code], {
    detached: true, // leads a group of its own, which can be killed
    stdio: ["ignore", "pipe", "inherit"],
  });
  const counts: number[] = [];
  child.stdout!.on("data", (bytes: Uint8Array) => {
    counts.push(...new TextDecoder().decode(bytes).trim().split("\n").map(Number));
  });
  let over = false;
  const ended = new Promise<void>((resolve) =>
    child.on("exit", () => {
      over = true;
      resolve();
    })
  );
  /** Waits until more than so many steps were counts. */
  const counted = async (steps: number) => {
    while (!over && !((counts.at(-1) ?? 0) > steps)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert(!over, "the process ended by itself");
  };
  const kill = () => {
    process.kill(-child.pid!, "SIGKILL");
    return ended;
  };
  return { counts, counted, kill };
}

permittedTest(
  "a run outlives the process that launched it, and is found again",
  ["run", "read", "write", "env", "sys"],
  async (t) => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    const planned = await small(home, 100000);
    let at = 0;

    await t.step("it goes on when the group of its parent is killed", async () => {
      assertEquals(await status(planned), "new");
      const parent = notebook(planned);
      await parent.counted(2);
      const worker = await holder(planned);
      await parent.kill();
      at = parent.counts.at(-1)!;
      assertEquals((await holder(planned))?.pid, worker?.pid);
      assertEquals(await status(planned), "running");
    });

    await t.step(
      "another process attaches to it and is reports all steps from the first",
      async () => {
        const worker = await holder(planned);
        const other = notebook(planned);
        await other.counted(at + 3);
        assertEquals((await holder(planned))?.pid, worker?.pid);
        await other.kill();
        for await (const steps of follow(planned, { every: 0.05 })) {
          assertEquals(steps.map(({ step }) => step), steps.map((_, i) => i + 1));
          break;
        }
      },
    );

    Deno.kill((await holder(planned))!.pid!, "SIGKILL");
    await Deno.remove(home, { recursive: true });
  },
);

permittedTest(
  "a run that came to its end is not run again, and one that broke off says why",
  ["run", "read", "write", "env", "sys"],
  async () => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    const planned = await small(home, 2);
    for (let i = 0; i < 2; i++) {
      await launch(planned);
      const reports = await Array.fromAsync(follow(planned));
      assertEquals(reports.at(-1)!.map(({ step, steps }) => [step, steps]), [[1, 2], [2, 2]]);
      assertEquals(await status(planned), "finished");
    }
    assertEquals(await stop(planned), "Nothing to stop: the run is finished");

    const wrong = await plan({ ...planned, data: `${home}/nowhere` }, { folder: home });
    const error = await assertRejects(() => launch(wrong), Error);
    assertStringIncludes(error.message, "broke off: Cannot read images from");
    assert((await Deno.stat(pathOf(wrong, "log.txt"))).size > 0);

    const again = await small(home, 2);
    assertEquals(again.path, planned.path);
    assert((await small(home, 3)).path !== planned.path);
    await Deno.remove(home, { recursive: true });
  },
  { sanitize: false }, // a process ends a little after it lets go of its run
);
