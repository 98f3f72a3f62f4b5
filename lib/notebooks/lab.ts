import { type Environment, projectFolder } from "./environment.ts";

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
export type Lab = { address: string; token: string; process: Deno.ChildProcess };

/**
 * Opens JupyterLab for this machine alone (127.0.0.1) and only with a token, whatever the user's
 * own settings say. Its messages go to stderr.
 *
 * @throws {Error} If JupyterLab ends before it serves.
 */
export async function lab(
  { program, folder }: Environment,
  { browser = true, hidden = false, env = {} }: LabOptions = {},
): Promise<Lab> {
  const token = crypto.randomUUID().replaceAll("-", "");
  const runtime = `${folder}/run`;
  const process = new Deno.Command(program("jupyter"), {
    args: [
      "lab",
      `--ServerApp.root_dir=${projectFolder}`,
      "--ServerApp.ip=127.0.0.1",
      `--IdentityProvider.token=${token}`,
      "--PasswordIdentityProvider.hashed_password=",
      "--LabApp.default_url=/lab/tree/notebooks",
      "--ServerApp.answer_yes=True", // Ctrl-C ends it without a question
      "--Application.log_level=WARN", // its own messages hide the token
      ...browser ? [] : ["--no-browser"],
      ...hidden ? ["--ContentsManager.allow_hidden=True"] : [],
      ...Deno.build.os !== "windows" && Deno.uid() === 0 ? ["--allow-root"] : [],
    ],
    env: { ...env, JUPYTER_RUNTIME_DIR: runtime },
    cwd: projectFolder,
    stdin: "null",
    stdout: "null",
  }).spawn();
  let ended = false;
  process.status.then(() => ended = true);
  for (;;) {
    const url = await serving(runtime, token);
    if (url) return { address: `${url}lab/tree/notebooks?token=${token}`, token, process };
    if (ended) throw new Error("Cannot open JupyterLab: it ended at once (its messages are above)");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
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
