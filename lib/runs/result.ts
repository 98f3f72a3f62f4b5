import { pathOf, type Run, type RunFile } from "./folder.ts";
import { writeText, writingTo } from "./write_text.ts";

/** Writes the result of a run: `table.json`, which stands for being finished, comes last. */
export async function finishRun<Result>(
  run: Run,
  result: Result,
  documents: Partial<Record<RunFile, string>>,
): Promise<void> {
  const text = JSON.stringify({ key: run.key, ...result }, null, 2) + "\n";
  await writingTo(run.path, async () => {
    for (const [name, text] of Object.entries(documents)) {
      await writeText(pathOf(run, name as RunFile), text);
    }
    await writeText(pathOf(run, "table.json"), text);
  });
}

/** The result of a run if it was finished under the same key, else `null`. */
export async function readResult<Result>(run: Run): Promise<Result | null> {
  try {
    const stored = JSON.parse(await Deno.readTextFile(pathOf(run, "table.json")));
    return stored.key === run.key ? stored : null;
  } catch {
    return null;
  }
}
