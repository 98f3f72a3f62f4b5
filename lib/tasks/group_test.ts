import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { openState } from "../pretraining/mod.ts";
import { pathOf, readLines } from "../runs/mod.ts";
import { permittedTest, tensorflowPermissions } from "../testing/permitted.ts";
import { setting } from "../testing/setting.ts";
import { smallRun, succeed, taskCommand, writeImages } from "../testing/task_run.ts";

/** How often a group is hit; `MUGS_GROUP_HITS=20` is for a sitting. */
const hits = Number(setting("MUGS_GROUP_HITS", "1"));

const steps = 24;
// Where so few images are normalized together, rounding grows from step to step.
const run =
  `--data set --steps ${steps} --save-every 0 --backend tensorflow --device cpu ${smallRun} ` +
  "--no-batch-norm-in-head";

permittedTest(
  `a group of which a process is killed or stopped says so, and begins again as if nothing had been`,
  tensorflowPermissions,
  async () => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    await succeed(`pretrain --out alone ${run}`, home);
    const metrics = async (name: string) =>
      (await readLines({ path: `${home}/${name}` }))
        .map(({ step, total }) => [Number(step), Number(total)] as const);
    const expected = await metrics("alone");
    for (let i = 0; i < hits; i++) {
      const signal = Math.random() < 0.5 ? "SIGKILL" : "SIGSTOP";
      const name = `hit-${i}`, path = `${home}/${name}`;
      const line = `pretrain --out ${name} ${run} --processes 2 --restarts 1`;
      const { code, err } = await hit({ path }, signal, { line, home });
      assertEquals(code, 0, err);
      assertMatch(err, /Cannot go on: process \d of 2 \(127\.0\.0\.1:\d+\) has ended, does not /);
      assertMatch(err, /process \d of 2 was ended by SIGKILL/);
      assertMatch(err, /Beginning again, from the last checkpoint if there is one \(1 of 1\)/);
      for (const [i, [step, total]] of (await metrics(name)).entries()) {
        assertEquals(step, expected[i]![0]);
        assertAlmostEquals(total, expected[i]![1], 1e-4);
      }
      const { step } = openState(pathOf({ path }, "checkpoint.safetensors"));
      assertEquals(step, steps);
    }
    await Deno.remove(home, { recursive: true });
  },
);

permittedTest(
  "processes that share some minutes take the number of steps that the first one has measured",
  tensorflowPermissions,
  async () => {
    const home = await Deno.makeTempDir();
    await writeImages(home);
    const line = `pretrain --out timed --data set --minutes 0.05 --device cpu --processes 2`;
    await succeed(`${line} ${smallRun}`, home);
    const { step, config } = openState(`${home}/timed/checkpoint.safetensors`);
    assertEquals(step, config.steps);
    await Deno.remove(home, { recursive: true });
  },
);

/** Hits one process of a group, by chance, after some steps; what the group then does. */
async function hit(
  run: { path: string },
  signal: Deno.Signal,
  { line, home }: { line: string; home: string },
): Promise<{ code: number; err: string }> {
  const parent = taskCommand(line, home, { stdout: "null", stderr: "piped" }).spawn();
  const output = new Response(parent.stderr).text();
  let ended = false;
  parent.status.then(() => ended = true);
  const until = 2 + Math.floor(4 * Math.random());
  const done = async () => (await readLines(run).catch(() => [])).length;
  while (!ended && await done() < until) await new Promise((resolve) => setTimeout(resolve, 5));
  const members = await childrenOf(parent.pid);
  if (!ended) Deno.kill(members[Math.floor(members.length * Math.random())]!, signal);
  const { code } = await parent.status;
  for (const pid of members) assert(!await isAlive(pid), `process ${pid} outlives its group`);
  return { code, err: await output };
}

async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await new Deno.Command("pgrep", { args: ["-P", String(pid)] }).output();
  return new TextDecoder().decode(stdout).trim().split("\n").map(Number);
}

async function isAlive(pid: number): Promise<boolean> {
  return (await new Deno.Command("kill", { args: ["-0", String(pid)], stderr: "null" }).output())
    .success;
}
