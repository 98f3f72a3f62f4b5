import { type ChildProcess, spawn } from "node:child_process";
import { type Environment, projectFolder } from "./environment.ts";
import { neutral } from "./neutral.ts";

/** How JupyterLab is started. */
export type LabOptions = {
  /** Whether it opens a browser by itself. */
  browser?: boolean;
  /** Whether it opens files whose names begin with a dot. */
  hidden?: boolean;
  /** Variables that are added to its environment. */
  env?: Record<string, string>;
};

/** A running JupyterLab. */
export type Lab = {
  address: string;
  token: string;
  /** Its exit code, once it has ended. */
  code: Promise<number>;
  /** Asks it to end with all its kernels, and waits for that. */
  end(): Promise<void>;
};

/**
 * Opens JupyterLab for this machine alone (127.0.0.1) and only with a token, whatever the user's
 * own settings say. Its messages go to stderr. Ctrl-C, and the other signals that ask this program
 * to end, end JupyterLab and every kernel that it started.
 *
 * @throws {Error} If JupyterLab ends before it serves.
 */
export async function lab(
  { program, folder }: Environment,
  { browser = true, hidden = false, env = {} }: LabOptions = {},
): Promise<Lab> {
  const token = crypto.randomUUID().replaceAll("-", "");
  const runtime = `${folder}/run`;
  const args = [
    "lab",
    `--ServerApp.root_dir=${projectFolder}`,
    "--ServerApp.ip=127.0.0.1",
    `--IdentityProvider.token=${token}`,
    "--PasswordIdentityProvider.hashed_password=",
    "--LabApp.default_url=/lab/tree/notebooks",
    "--Application.log_level=WARN", // its own messages hide the token
    ...browser ? [] : ["--no-browser"],
    ...hidden ? ["--ContentsManager.allow_hidden=True"] : [],
    ...Deno.build.os !== "windows" && Deno.uid() === 0 ? ["--allow-root"] : [],
  ];
  const process = spawn(program("jupyter"), args, {
    env: { ...neutral(Deno.env.toObject()), ...env, JUPYTER_RUNTIME_DIR: runtime },
    cwd: projectFolder,
    // Apart from this terminal: at Ctrl-C it would end and leave its kernels behind, since without
    // a terminal on its stdin it does not handle that. SIGTERM is what it always handles.
    detached: true,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const { code, end } = lifeOf(process);
  let ended = false;
  code.then(() => ended = true);
  for (;;) {
    const url = await serving(runtime, token);
    if (url) return { address: `${url}lab/tree/notebooks?token=${token}`, token, code, end };
    if (ended) throw new Error("Cannot open JupyterLab: it ended at once (its messages are above)");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** When a process ends, and how to end it; the signals that end this program end it, too. */
function lifeOf(process: ChildProcess): Pick<Lab, "code" | "end"> {
  let ending = false;
  const kill = () => {
    ending = true;
    process.kill("SIGTERM");
  };
  const names: Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT"]
    : ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const name of names) Deno.addSignalListener(name, kill);
  const code = new Promise<number>((resolve) => {
    // Deno reports the signal that was sent, whether or not the process handled it (2.9.6).
    process.on("exit", (code) => resolve(code ?? (ending ? 0 : 1)));
    process.on("error", () => resolve(1));
  });
  code.then(() => names.forEach((name) => Deno.removeSignalListener(name, kill)));
  const end = async () => {
    kill();
    await code;
  };
  return { code, end };
}

/** The address at which the server of a token serves; `null` until it does. */
async function serving(runtime: string, token: string): Promise<string | null> {
  const entries = await Array.fromAsync(Deno.readDir(runtime)).catch(() => []);
  for (const { name } of entries) {
    if (!/^jpserver-\d+\.json$/.test(name)) continue;
    const server = await Deno.readTextFile(`${runtime}/${name}`).then(JSON.parse, () => null);
    if (server?.token === token) return server.url;
  }
  return null;
}
