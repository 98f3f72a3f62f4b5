import { assert, assertEquals, assertRejects } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { pathOf } from "./folder.ts";
import { holder, isRunning, lock } from "./lock.ts";

async function inFolder(f: (run: { path: string }) => Promise<void>) {
  const path = await Deno.makeTempDir();
  await f({ path }).finally(() => Deno.remove(path, { recursive: true }));
}

permittedTest(
  "a run is one process's at a time, and free again afterwards",
  ["read", "write"],
  () =>
    inFolder(async (run) => {
      assertEquals(await isRunning(run), false);
      {
        using _ = await lock(run);
        assertEquals((await holder(run))?.pid, Deno.pid);
        await assertRejects(() => lock(run), Error, `process ${Deno.pid} works on it, since 20`);
      }
      assertEquals(await isRunning(run), false);
      using _ = await lock(run);
    }),
);

permittedTest(
  "a lock dies with its process, and its number may be another's",
  ["read", "write", "run"],
  () =>
    inFolder(async (run) => {
      const code = `import { lock } from "${new URL("./lock.ts", import.meta.url)}";
        await lock({ path: Deno.args[0] });
        console.log("locked");
        setInterval(() => {}, 1000);`;
      const program = `${run.path}/program.ts`;
      await Deno.writeTextFile(program, code);
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "-q", "--no-check", "-A", program, run.path],
        stdout: "piped",
      }).spawn();
      const output = child.stdout.getReader();
      await output.read();
      assertEquals((await holder(run))?.pid, child.pid);
      await assertRejects(() => lock(run), Error, `process ${child.pid} works on it`);
      child.kill("SIGKILL");
      await child.status;
      await output.cancel();
      // What it wrote is still there, under the number of a process that lives.
      const left = JSON.parse(await Deno.readTextFile(pathOf(run, "lock")));
      await Deno.writeTextFile(pathOf(run, "lock"), JSON.stringify({ ...left, pid: Deno.ppid }));
      assertEquals(await holder(run), null);
      using _ = await lock(run);
      assert(await isRunning(run));
    }),
);
