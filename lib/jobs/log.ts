import { escapeControls } from "../images/mod.ts";
import { pathOf, type Run } from "../runs/mod.ts";

/** What the process of a run said, line by line, without what it drew over. */
async function logLines(run: Pick<Run, "path">): Promise<string[]> {
  const text = await Deno.readTextFile(pathOf(run, "log.txt")).catch(() => "");
  return text.split(/[\r\n]/).map((line) => line.trim()).filter((line) => line !== "");
}

/**
 * The sentence with which the process of a run said that it was stopped, or `null` if it was not.
 */
export async function stopMessage(run: Pick<Run, "path">): Promise<string | null> {
  const line = (await logLines(run)).findLast((line) => /^(error: )?Stopped\b/.test(line));
  return line?.replace(/^error: /, "").replace(/\. .*/, "").replace(/\.$/, "") ?? null;
}

/** Why a run ended before its time, by what its process said last. */
export async function failure(run: Pick<Run, "path">): Promise<Error> {
  const lines = await logLines(run);
  const error = lines.findLast((line) => line.startsWith("error: "))?.slice("error: ".length);
  const last = lines.at(-1);
  return new Error(
    `The run in ${escapeControls(run.path)} broke off: ` +
      (error ?? `its process was ended${last ? `, after "${last}"` : ""}`),
  );
}
