import { file, type Run } from "../runs/mod.ts";

/** What the process of a run said, without what it drew over. */
async function words(run: Pick<Run, "path">): Promise<string[]> {
  const text = await Deno.readTextFile(file(run, "log.txt")).catch(() => "");
  return text.split(/[\r\n]/).map((line) => line.trim()).filter((line) => line !== "");
}

/** The sentence with which the process of a run told that it was stopped, or `null` if it was not. */
export async function stopping(run: Pick<Run, "path">): Promise<string | null> {
  const line = (await words(run)).findLast((line) => /^(error: )?Stopped\b/.test(line));
  return line?.replace(/^error: /, "").split(/\. /)[0].replace(/\.$/, "") ?? null;
}

/** Why a run ended before its time, by what its process said last. */
export async function failure(run: Pick<Run, "path">): Promise<Error> {
  const said = await words(run);
  const error = said.findLast((line) => line.startsWith("error: "))?.slice("error: ".length);
  const last = said.at(-1);
  return new Error(
    `The run in ${run.path} broke off: ` +
      (error ?? `its process was ended${last ? `, after "${last}"` : ""}`),
  );
}
