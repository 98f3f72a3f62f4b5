import { assert, assertEquals } from "@std/assert";
import { openState } from "../pretraining/mod.ts";
import { digestFile, holdsCheckpoint, holdsRun, pathOf, readLines } from "../runs/mod.ts";
import { setting } from "../testing/setting.ts";
import { permittedTest } from "../testing/permitted.ts";
import { endTask, smallRun, taskCommand, writeImages } from "../testing/task_run.ts";

/**
 * How often a run is killed, and on what: `MUGS_KILLS=20 MUGS_BACKEND=tensorflow` is for a sitting.
 */
const kills = Number(setting("MUGS_KILLS", "3"));
const backend = setting("MUGS_BACKEND", "cpu");

const steps = 20;
const flags = `--data set --backend ${backend} --steps ${steps} --save-every 0 ${smallRun}`;

permittedTest(
  `a run killed ${kills} times at random moments ends as one that was left alone`,
  ["run", "read", "write", "env", "sys"],
  async () => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    const began = performance.now();
    assertEquals((await endTask(`pretrain --out whole ${flags}`, home)).code, 0);
    const length = performance.now() - began;
    const whole = { path: `${home}/whole` };
    const metrics = async (run: { path: string }) =>
      (await readLines(run)).map(({ step, total, gradientNorm }) => [step, total, gradientNorm]);

    const saved: number[] = []; // steps of the checkpoints that kills have left
    for (let killed = 0, folder = 0; killed < kills; folder++) {
      const run = { path: `${home}/killed-${folder}` };
      for (let code = 137; code !== 0;) {
        const way = await holdsRun(run) ? "--resume" : "--fresh";
        const child = taskCommand(`pretrain --out ${run.path} ${way} ${flags}`, home, {
          stdout: "null",
          stderr: "null",
        }).spawn();
        const ended = child.status;
        if (killed < kills) {
          // Every fifth at any time, mostly before training; the others while it trains or saves.
          await (killed % 5 === 4 ? sleep(length * Math.random()) : moreSteps(run, ended));
          kill(child);
        }
        ({ code } = await ended);
        if (code === 137) killed++;
        assert(code === 0 || code === 137, `pretrain ended with ${code}`);
        if (!await holdsCheckpoint(run)) continue;
        const { step } = openState(pathOf(run, "checkpoint.safetensors")); // it is whole
        assert((await readLines(run)).length >= step, "every step of a checkpoint has its line");
        if (code !== 0) saved.push(step);
      }
      assertEquals(await metrics(run), await metrics(whole));
      const digests = [run, whole].map((run) => digestFile(pathOf(run, "checkpoint.safetensors")));
      const [digest, expected] = await Promise.all(digests);
      assertEquals(digest, expected);
      const names = (await Array.fromAsync(Deno.readDir(run.path))).map(({ name }) => name).sort();
      assertEquals(
        names.filter((name) => !/^events\.out\.tfevents\.[\d.]+\.mugs$/.test(name)),
        ["checkpoint.safetensors", "config.json", "lock", "metrics.jsonl"],
      );
    }
    console.log(`killed ${kills} times, which left checkpoints of the steps ${saved.join(", ")}`);
    assert(saved.length > kills / 3, `kills left checkpoints of the steps ${saved}`);
    await Deno.remove(home, { recursive: true });
  },
);

const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Waits until a run has done some steps more, and a random part of another one; or has ended. */
async function moreSteps(run: { path: string }, ended: Promise<unknown>): Promise<void> {
  const done = async () => (await readLines(run).catch(() => [])).length;
  const until = await done() + 1 + Math.floor(4 * Math.random());
  let over = false;
  ended.then(() => over = true);
  while (!over && await done() < until) await sleep(2);
  await sleep(50 * Math.random());
}

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
