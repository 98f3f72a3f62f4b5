import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { toFlags } from "../configs/mod.ts";
import { file, isRunning } from "../runs/mod.ts";
import { failure } from "./log.ts";
import type { Planned } from "./plan.ts";
import { standing } from "./standing.ts";

/** The project's folder, in which the child finds its permissions and its imports. */
const project = decodeURIComponent(new URL("../../", import.meta.url).pathname);

/**
 * Has a run worked on in a process of its own, which goes on when this one ends, is killed or is interrupted: it belongs to
 * no terminal and no kernel. A run that is worked on is left to its process, one that is at its end stays as it is, and
 * one that was stopped or killed goes on from its checkpoint. What the process says goes to `log.txt` in the run's folder.
 *
 * @returns The run, once its process has taken its folder.
 * @throws {Error} If the process ends before that: what it said.
 */
export async function launch(planned: Planned): Promise<Planned> {
  const { path, config, data, backend } = planned;
  const found = await standing(planned);
  if (found === "running" || found === "finished") return planned;
  await Deno.mkdir(path, { recursive: true });
  const log = openSync(file(planned, "log.txt"), "w");
  const args = [
    ...["run", "-q", "-P", "lib/tasks/pretrain.ts", "--out", path, "--backend", backend],
    ...data === null ? [] : ["--data", data],
    ...found === "stopped" ? ["--resume"] : ["--fresh", ...toFlags(config)],
  ];
  const child = spawn(Deno.execPath(), args, {
    cwd: project,
    detached: true, // a session of its own, which signals to this process and its group do not reach
    stdio: ["ignore", "ignore", log],
    env: { ...Deno.env.toObject(), NO_COLOR: "1" },
  });
  closeSync(log);
  let ended = false;
  for (const event of ["exit", "error"]) child.on(event, () => ended = true);
  child.unref();
  while (!ended && !await isRunning(planned)) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (ended && await standing(planned) !== "finished") throw await failure(planned);
  return planned;
}
