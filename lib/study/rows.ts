import { escapeControls } from "../images/mod.ts";
import type { StudyRow } from "../report/mod.ts";
import { writeText, writingTo } from "../runs/mod.ts";

/** The file of a campaign's folder that holds a line of JSON for each cell that is done. */
export const rowsFile = "rows.jsonl";

/**
 * The rows of a campaign, in the order in which they were measured.
 *
 * @param path The file, `rows.jsonl` of the campaign's folder.
 * @throws {SyntaxError} If a line is no row.
 * @throws {Deno.errors.NotFound} If there is no such file.
 */
export async function readStudy(path: string): Promise<StudyRow[]> {
  const lines = (await Deno.readTextFile(path)).split("\n");
  return lines.flatMap((line, i) => line.trim() === "" ? [] : [parseRow(line, `${path}:${i + 1}`)]);
}

function parseRow(line: string, place: string): StudyRow {
  const row = parse(line);
  if (typeof row?.cell === "string" && Array.isArray(row.scores)) return row;
  throw new SyntaxError(
    `Cannot read ${escapeControls(place)}: it is no row of a study; take the line out, and its ` +
      "cell will be done again",
  );
}

function parse(line: string): StudyRow | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** The rows in a campaign's folder, none where nothing has been done. */
export async function rowsIn(folder: string): Promise<StudyRow[]> {
  try {
    return await readStudy(`${folder}/${rowsFile}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Adds a row. The file is replaced as a whole, so that no reader sees a part of a line. */
export async function addRow(folder: string, row: StudyRow): Promise<void> {
  const rows = [...await rowsIn(folder), row];
  const text = rows.map((row) => JSON.stringify(row) + "\n").join("");
  await writingTo(folder, () => writeText(`${folder}/${rowsFile}`, text));
}
