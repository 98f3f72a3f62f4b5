/**
 * The program that {@linkcode launch} starts: pre-trains as its argument says, and reports on
 * standard error.
 *
 * @module
 */
import { escapeText } from "../images/mod.ts";
import type { ChildRequest } from "./launch.ts";
import { prepareTraining } from "./prepare_training.ts";
import { runTraining } from "./run_training.ts";
import { StandardError } from "./standard_error.ts";

const stop = new AbortController();
let heeded = false;

for (const name of ["SIGINT", "SIGTERM"] as const) {
  if (name === "SIGTERM" && Deno.build.os === "windows") continue;
  Deno.addSignalListener(name, () => {
    if (heeded) return stop.abort();
    console.error("Stopped before its first step");
    Deno.exit(130);
  });
}

try {
  const { planned, continues }: ChildRequest = JSON.parse(Deno.args[0] ?? "");
  const { path, config, data, backend } = planned;
  using screen = new StandardError();
  const job = await prepareTraining({
    ...{ config, backend, out: path, data: data ?? undefined },
    ...continues ? { resume: {} } : { fresh: true },
  }, screen);
  screen.heed = (now) => heeded = now;
  await runTraining(job, { observer: screen, signal: stop.signal });
} catch (error) {
  const interrupted = error instanceof Error && error.name === "Interrupted";
  const message = error instanceof Error ? error.message : String(error);
  console.error(escapeText(interrupted ? message : `error: ${message}`));
  Deno.exit(interrupted ? 130 : 1);
}
