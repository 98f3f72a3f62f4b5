import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { isRunning, readLines } from "../runs/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { endTask, smallRun, taskCommand, writeImages } from "../testing/task_run.ts";

const permissions = ["run", "read", "write", "env", "sys"] as const;

async function playground(f: (home: string) => Promise<void>) {
  const home = await Deno.makeTempDir();
  await writeImages(home);
  await f(home).finally(() => Deno.remove(home, { recursive: true }));
}

/** Starts a task and waits until its run has taken some steps. */
async function atWork(line: string, home: string, run: { path: string }, steps = 3) {
  const child = taskCommand(line, home, { stdout: "piped", stderr: "piped" }).spawn();
  const done = child.output();
  const ended = { is: false };
  done.then(() => ended.is = true);
  while ((await readLines(run).catch(() => [])).length < steps) {
    if (ended.is) throw new Error(`ended early: ${new TextDecoder().decode((await done).stderr)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { child, done };
}

/** A run that will not come to its end while a test lasts. */
const endless = `--backend cpu --steps 1000000 ${smallRun}`;

permittedTest(
  "Ctrl-C and signals save the step at hand, and tell the command that continues",
  permissions,
  () =>
    playground(async (home) => {
      const flags = `--data ${home}/set ${endless}`;
      const stopped = { path: `${home}/stopped` }, left = { path: `${home}/left` };
      let line = `pretrain --out ${stopped.path} --fresh ${flags}`;
      for (const signal of ["SIGINT", "SIGTERM", "SIGUSR2"] as const) {
        const from = (await readLines(stopped).catch(() => [])).length;
        const { child, done } = await atWork(line, home, stopped, from + 3);
        child.kill(signal);
        const { code, stderr } = await done;
        const message = new TextDecoder().decode(stderr);
        assertEquals(code, 130, message);
        const { step } = (await readLines(stopped)).at(-1)!;
        assertStringIncludes(message, `Stopped after step ${step} of 1000000, which is saved`);
        line = message.match(/\n {2}deno task (pretrain .*)\n/)![1]!;
        assertEquals(line, `pretrain --out ${stopped.path} ${flags} --resume`);
      }
      const metrics = async (run: { path: string }) =>
        (await readLines(run)).map(({ step, total, gradientNorm }) => [step, total, gradientNorm]);
      const lines = await metrics(stopped);
      const whole = `pretrain --out ${left.path} ${flags}`;
      const { child, done } = await atWork(whole, home, left, lines.length);
      child.kill("SIGKILL");
      await done;
      assertEquals(lines, (await metrics(left)).slice(0, lines.length));
    }),
);

permittedTest(
  "a run at work is another process's to leave alone",
  permissions,
  () =>
    playground(async (home) => {
      const run = { path: `${home}/run` };
      const line = `pretrain --out ${run.path} --data set ${endless}`;
      const { child, done } = await atWork(line, home, run);
      assert(await isRunning(run));
      const { code, err } = await endTask(`${line} --resume`, home);
      assertEquals(code, 1);
      assertStringIncludes(err, `${run.path} is in use: process ${child.pid} works on it`);
      child.kill("SIGKILL");
      await done;
      assertEquals(await isRunning(run), false);
    }),
);

permittedTest(
  "reproduce-table goes on where it was killed, and gathers seeds in one folder",
  permissions,
  () =>
    playground(async (home) => {
      const flags = `--data set --backend cpu --steps 60 ${smallRun} --save-every 0 --json`;
      const line = `reproduce_table --seeds 2 --out both ${flags}`;
      const first = { path: `${home}/both/s0` };
      const { child, done } = await atWork(line, home, first, 3);
      child.kill("SIGKILL");
      await done;
      const { code, out, err } = await endTask(line, home);
      assertEquals(code, 0, err);
      assertStringIncludes(err, `Continuing ${first.path}, after step `);
      const scores = (measured: { method: string; knn: number; seed?: number }[]) =>
        measured.map(({ method, knn, seed }) => [method, knn, seed]);
      const { measured, folder } = JSON.parse(out);
      assertEquals(folder, `${home}/both`);
      const alone = await endTask(`reproduce_table --out alone ${flags}`, home);
      assertEquals(
        scores(measured).slice(0, measured.length / 2),
        scores(JSON.parse(alone.out).measured),
      );
      for (const name of ["s0/table.md", "s1/table.md", "table.md", "figure.html", "config.json"]) {
        assert((await Deno.stat(`${folder}/${name}`)).size > 0, name);
      }
      const again = await endTask(line, home);
      assertEquals(again.err.match(/Finished before/g)?.length, 2);
      const other = await endTask(`${line} --batch-size 2`, home);
      assertEquals(other.code, 2);
      assertStringIncludes(other.err, "both holds another run: --fresh begins anew");
    }),
);
