import { assert, assertEquals } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";

const permissions = ["run", "read", "write", "env", "sys"] as const;

/**
 * Starts a program, and waits until it says that it is busy: for a minute, and deaf to all else.
 */
async function busy(home: string, work: string) {
  const code = `
    import { Interruption } from "${new URL("./interruption.ts", import.meta.url)}";
    const interruption = new Interruption(() => "the same again");
    await new Promise((resolve) => setTimeout(resolve, 500)); // until the signals are heard
    const busy = () => {
      console.log("busy");
      for (const end = performance.now() + 60_000; performance.now() < end;);
      return Promise.resolve();
    };
    await ${work};`;
  await Deno.writeTextFile(`${home}/program.ts`, code);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-check", "-A", `${home}/program.ts`],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = child.stdout.getReader();
  await output.read();
  await output.cancel();
  return child;
}

permittedTest("a second Ctrl-C ends a process whose step is long", permissions, async () => {
  const home = await Deno.makeTempDir();
  const child = await busy(home, "(interruption.heed(true), interruption.guard(busy))");
  const start = performance.now();
  child.kill("SIGINT");
  await new Promise((resolve) => setTimeout(resolve, 600));
  child.kill("SIGINT");
  const { code } = await child.status; // 128 and the number of SIGINT
  await child.stderr.cancel();
  assertEquals(code, 130);
  assert(performance.now() - start < 10_000);
  await Deno.remove(home, { recursive: true });
});

permittedTest(
  "Ctrl-C ends a process with nothing to save at once, however busy, and says how to continue",
  permissions,
  async () => {
    const home = await Deno.makeTempDir();
    for (const signal of ["SIGINT", "SIGTERM", "SIGUSR1", "SIGQUIT", "SIGXCPU"] as const) {
      const child = await busy(home, "busy()");
      const start = performance.now();
      child.kill(signal);
      const { code } = await child.status;
      assertEquals(code, 130);
      assert(performance.now() - start < 10_000);
      const message = await new Response(child.stderr).text();
      assertEquals(message, "\nStopped. To continue:\n  the same again\n");
    }
    await Deno.remove(home, { recursive: true });
  },
);
