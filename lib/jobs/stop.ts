import { escapeControls } from "../images/mod.ts";
import { holder, type Run } from "../runs/mod.ts";
import { stopMessage } from "./log.ts";
import { status } from "./status.ts";

/**
 * Stops a run: asks the process that works on it to save its state and end (SIGINT, as Ctrl-C
 * does), and waits until it has. The run can be continued later.
 *
 * @param options `patience`: seconds to wait for it.
 * @returns What came of it, in a sentence.
 * @throws {Error} If it does not end in time.
 */
export async function stop(
  run: Pick<Run, "path">,
  { patience = 120 }: { patience?: number } = {},
): Promise<string> {
  const process = await holder(run);
  if (!process) {
    const finished = await status(run) === "finished";
    return `Nothing to stop: ${finished ? "the run is finished" : "no process works on the run"}`;
  }
  const { pid } = process;
  const name = escapeControls(run.path);
  if (pid === undefined) throw new Error(`Cannot stop ${name}: its process is not known`);
  interrupt(pid);
  const end = performance.now() + 1000 * patience;
  while (await holder(run) !== null) {
    if (performance.now() > end) {
      throw new Error(`Cannot stop ${name}: process ${pid} still works after ${patience} s`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return await stopMessage(run) ?? "The run had just ended";
}

function interrupt(pid: number): void {
  try {
    Deno.kill(pid, "SIGINT");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error; // it has just ended
  }
}
