import type { Dataset, Skipped } from "../datasets/mod.ts";
import { file, type Run, writeText } from "../runs/mod.ts";
import { say } from "../cli/mod.ts";

/** Adds images that were left out to a run's `skipped.jsonl`, a line each; one that stands there is not repeated. */
export async function noteSkipped(
  run: Pick<Run, "path">,
  skipped: readonly Skipped[],
): Promise<void> {
  if (skipped.length === 0) return;
  const path = file(run, "skipped.jsonl");
  const noted = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error; // what it holds would be lost
  });
  const added = skipped.filter(({ id }) => !noted.includes(`{"id":${JSON.stringify(id)},`));
  const lines = added.map(({ id, reason }) => JSON.stringify({ id, reason }) + "\n");
  await writeText(path, noted + lines.join(""));
}

/** Passes on what is told of each step once `note` has its skipped images, also those for which a run stops. */
export async function* noted<Fact extends { skipped: readonly Skipped[] }>(
  facts: AsyncIterable<Fact>,
  note: (skipped: readonly Skipped[]) => Promise<void>,
): AsyncGenerator<Fact, void, void> {
  try {
    for await (const fact of facts) {
      await note(fact.skipped);
      yield fact;
    }
  } catch (error) {
    if (error instanceof Error && Array.isArray(error.cause)) await note(error.cause);
    throw error;
  }
}

/** How many images were left out of each part. */
export type LeftOut = { train: number; test: number };

/** Nothing was left out. */
export const complete: LeftOut = { train: 0, test: 0 };

/**
 * A data set without the images that cannot be read, each of which is named on stderr.
 *
 * @param maxBad The greatest share of the training part that may be left out.
 * @throws {Error} If that is too little, or nothing is left of a part.
 */
export async function leaveOut(
  data: Dataset,
  maxBad = 1,
): Promise<{ data: Dataset; skipped: Skipped[]; leftOut: LeftOut }> {
  const { readable, refuseBad } = await import("../datasets/mod.ts");
  const [kept, { train, test }] = await readable(data);
  refuseBad(train, data.train.length, maxBad);
  const skipped = [...train, ...test];
  for (const { id, reason } of skipped) say(`left out ${id}: ${reason}`);
  for (const part of ["train", "test"] as const) {
    if (kept[part].length > 0 || data[part].length === 0) continue;
    throw new Error(`Cannot go on: none of the ${data[part].length} ${part} images can be read`);
  }
  return { data: kept, skipped, leftOut: { train: train.length, test: test.length } };
}

/** What was left out, as a line of text; nothing where nothing was. */
export function leftOutLine({ train, test }: LeftOut): string {
  if (train + test === 0) return "";
  return `Left out, as they cannot be read: ${train} of the images to learn from, ${test} of those to be tested on.\n`;
}
