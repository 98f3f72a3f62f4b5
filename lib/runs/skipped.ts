import type { Skipped } from "../datasets/mod.ts";
import { pathOf, type Run } from "./folder.ts";
import { writeText } from "./write_text.ts";

/** Adds images that were left out to a run's `skipped.jsonl`, a line each; none is listed twice. */
export async function noteSkipped(
  run: Pick<Run, "path">,
  skipped: readonly Skipped[],
): Promise<void> {
  if (skipped.length === 0) return;
  const path = pathOf(run, "skipped.jsonl");
  const noted = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error; // what it holds would be lost
  });
  const added = skipped.filter(({ id }) => !noted.includes(`{"id":${JSON.stringify(id)},`));
  const lines = added.map(({ id, reason }) => JSON.stringify({ id, reason }) + "\n");
  await writeText(path, noted + lines.join(""));
}
