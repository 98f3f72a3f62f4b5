/**
 * Lets `INIT_CWD` name the folder from which the task was called. `deno task` sets it, but not
 * where it is set already: in a terminal that another task, JupyterLab or npm has opened it still
 * names the folder of before. `deno task` itself works in the true one, and Linux tells where a
 * process works.
 */
export async function correctCalledFrom(): Promise<void> {
  if (Deno.env.get("INIT_CWD") === undefined || Deno.build.os !== "linux") return;
  const folder = await folderOfTask();
  if (folder !== null) Deno.env.set("INIT_CWD", folder);
}

/**
 * The folder in which `deno task` works that has started this program; `null` where another program
 * has, or nothing is known.
 */
async function folderOfTask(): Promise<string | null> {
  // By programs, since Deno lets only those with all permissions read this. Both may hold any
  // character but NUL, which ends each argument and, here, the folder's name.
  const script = 'cat "/proc/$0/cmdline" && printf "\\0" && readlink -n "/proc/$0/cwd"';
  try {
    const command = new Deno.Command("sh", { args: ["-c", script, `${Deno.ppid}`], stdin: "null" });
    const { success, stdout } = await command.output();
    const texts = new TextDecoder("utf-8", { ignoreBOM: true }).decode(stdout).split("\0");
    const [program = "", ...words] = texts.slice(0, -2), folder = texts.at(-1);
    const byTask = program.includes("deno") && words.includes("task");
    return success && byTask && folder ? folder : null;
  } catch {
    return null;
  }
}
