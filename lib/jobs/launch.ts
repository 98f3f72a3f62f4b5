import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { isRunning, pathOf } from "../runs/mod.ts";
import { failure } from "./log.ts";
import type { PlannedRun } from "./plan.ts";
import type { PlannedClassifier } from "./plan_classifier.ts";
import { status } from "./status.ts";

/** What the process is to do that works on a run. */
export type ChildRequest = {
  planned: PlannedRun | PlannedClassifier;
  /** Whether the run has begun and is to be continued. */
  continues: boolean;
};

/** The project's folder, in which the process finds its permissions and its imports. */
const project = decodeURIComponent(new URL("../../", import.meta.url).pathname);

/**
 * Has a run worked on in a process of its own, which goes on when this one ends, is killed or is
 * interrupted: it belongs to no terminal and no kernel. A run on which a process works is left to
 * it, a finished one stays as it is, and one that was stopped or killed continues from its
 * checkpoint. What the process says is written to `log.txt` in the run's folder.
 *
 * @returns The run, once its process has taken its folder.
 * @throws {Error} If the process ends before that: what it said.
 */
export async function launch<Planned extends PlannedRun | PlannedClassifier>(
  planned: Planned,
): Promise<Planned> {
  const state = await status(planned);
  if (state === "running" || state === "finished") return planned;
  await Deno.mkdir(planned.path, { recursive: true });
  const log = openSync(pathOf(planned, "log.txt"), "w");
  const path = await Deno.realPath(planned.path); // the process works in another folder
  const request: ChildRequest = { planned: { ...planned, path }, continues: state === "stopped" };
  const program = import.meta.resolve("./child.ts");
  const child = spawn(Deno.execPath(), ["run", "-q", "-P", program, JSON.stringify(request)], {
    cwd: project,
    detached: true, // a session of its own, beyond the signals to this process and its group
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
  if (ended && await status(planned) !== "finished") throw await failure(planned);
  return planned;
}
