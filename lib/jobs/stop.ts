import { holder, type Run } from "../runs/mod.ts";
import { stopping } from "./log.ts";
import { standing } from "./standing.ts";

/**
 * Stops a run: tells the process that works on it to save its state and end (SIGINT, as Ctrl-C does), and waits until it
 * has. The run can go on later.
 *
 * @param patience Seconds to wait for it.
 * @returns What is to be said of it.
 * @throws {Error} If it does not end in time.
 */
export async function stop(
  run: Pick<Run, "path">,
  { patience = 120 }: { patience?: number } = {},
): Promise<string> {
  const found = await holder(run);
  if (!found) {
    const finished = await standing(run) === "finished";
    return `Nothing to stop: ${finished ? "it has come to its end" : "nobody works on it"}`;
  }
  if (found.pid === undefined) throw new Error(`Cannot stop ${run.path}: its process has no name`);
  try {
    Deno.kill(found.pid, "SIGINT");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error; // it has just ended
  }
  const until = performance.now() + 1000 * patience;
  while (await holder(run) !== null) {
    if (performance.now() > until) {
      throw new Error(
        `Cannot stop ${run.path}: process ${found.pid} still works after ${patience} s`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return await stopping(run) ?? "It had just ended";
}
