/**
 * The program that {@linkcode launch} starts: trains as its argument says, and reports on standard
 * error.
 *
 * @module
 */
import { escapeText } from "../images/mod.ts";
import type { ChildRequest } from "./launch.ts";
import type { JobOptions } from "./observer.ts";
import { dataIn } from "./planned_data.ts";
import { prepareClassifier } from "./prepare_classifier.ts";
import { prepareTraining } from "./prepare_training.ts";
import { runClassifier } from "./run_classifier.ts";
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

/** Checks the work, and returns what does it. */
async function prepare(
  { planned, continues }: ChildRequest,
  screen: StandardError,
): Promise<(options: JobOptions) => Promise<unknown>> {
  const { path: out, backend } = planned;
  const data = dataIn(planned.data);
  if ("config" in planned) {
    const { config } = planned;
    const way = continues ? { resume: {} } : { fresh: true };
    const job = await prepareTraining({ config, backend, out, data, ...way }, screen);
    return (options) => runTraining(job, options);
  }
  const way = { resume: continues, fresh: !continues };
  const job = await prepareClassifier({ ...planned, out, data, ...way }, screen);
  return (options) => runClassifier(job, options);
}

try {
  using screen = new StandardError();
  const work = await prepare(JSON.parse(Deno.args[0] ?? ""), screen);
  screen.heed = (now) => heeded = now;
  await work({ observer: screen, signal: stop.signal });
} catch (error) {
  const interrupted = error instanceof Error && error.name === "Interrupted";
  const message = error instanceof Error ? error.message : String(error);
  console.error(escapeText(interrupted ? message : `error: ${message}`));
  Deno.exit(interrupted ? 130 : 1);
}
