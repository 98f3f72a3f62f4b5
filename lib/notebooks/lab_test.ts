import { assertEquals } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";

/**
 * A JupyterLab that serves nothing: as the true one does it starts a kernel in a session of its
 * own, ends it at SIGTERM, and is ended by SIGINT without thinking of it.
 */
const jupyter = `#!/bin/sh
for word in "$@"; do case "$word" in --IdentityProvider.token=*) token="\${word#*=}";; esac; done
setsid sleep 60 & kernel=$!
trap 'kill $kernel; rm -f "$HERE/kernel"; exit 0' TERM
trap 'exit 130' INT
echo $kernel > "$HERE/kernel"
echo "INIT_CWD=$INIT_CWD PYTHONHOME=$PYTHONHOME" > "$HERE/environment"
mkdir -p "$JUPYTER_RUNTIME_DIR"
printf '{"token": "%s", "url": "http://127.0.0.1:1/"}' "$token" > "$JUPYTER_RUNTIME_DIR/jpserver-1.json"
wait
`;

/** A program that opens JupyterLab and waits for its end, as `deno task notebook` does. */
const program = (home: string) => `
  import { lab } from ${JSON.stringify(import.meta.resolve("./lab.ts"))};
  const environment = { folder: "${home}", program: (name) => "${home}/" + name };
  const { code } = await lab(environment, { browser: false });
  console.log(Deno.pid);
  Deno.exit(await code);`;

/** Whether a process ends in a few seconds; one that nobody has waited for has ended, too. */
async function ends(pid: number): Promise<boolean> {
  for (let i = 0; i < 50; i++) {
    const { stdout } = await new Deno.Command("ps", { args: ["-o", "stat=", "-p", `${pid}`] })
      .output();
    if (/^(Z|$)/.test(new TextDecoder().decode(stdout).trim())) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  permittedTest(
    `${signal} ends JupyterLab and the kernels that it started`,
    ["run", "read", "write", "env", "sys"],
    async () => {
      if (Deno.build.os !== "linux") return; // as setsid is
      const home = await Deno.makeTempDir();
      await Deno.writeTextFile(`${home}/jupyter`, jupyter, { mode: 0o755 });
      await Deno.writeTextFile(`${home}/open.ts`, program(home));
      // A process group of its own, to which the signal goes, as from a terminal.
      const child = new Deno.Command("setsid", {
        args: ["--wait", Deno.execPath(), "run", "-q", "--no-check", "-A", `${home}/open.ts`],
        env: { HERE: home, INIT_CWD: "/nowhere", PYTHONHOME: "/nowhere" },
        stdout: "piped",
      }).spawn();
      const output = child.stdout.getReader();
      const opener = Number(new TextDecoder().decode((await output.read()).value));
      await output.cancel();
      assertEquals(await Deno.readTextFile(`${home}/environment`), "INIT_CWD= PYTHONHOME=\n");
      const kernel = Number(await Deno.readTextFile(`${home}/kernel`));
      await new Deno.Command("kill", { args: [`-${signal.slice(3)}`, "--", `-${opener}`] })
        .output();
      assertEquals((await child.status).code, 0);
      assertEquals(await ends(kernel), true, "the kernel lives on");
      await Deno.remove(home, { recursive: true });
    },
  );
}
