import { escapeControls } from "../images/mod.ts";

/** Tables of classes, as they come with ADE20K: one with tabs, one with commas. */
const tables = ["objectInfo150.txt", "objectInfo150.csv"];

/**
 * The names of the classes of a set in the layout of ADE20K, from the files beside its images.
 *
 * @param count How many classes there are, where no file names them.
 * @throws {Error} If neither a file nor a count tells how many there are, or they disagree.
 */
export async function readClassNames(folder: string, count?: number): Promise<string[]> {
  const names = await namesIn(folder);
  if (names && count !== undefined && names.length !== count) {
    throw new RangeError(
      `\`classes\` is ${count}, and a file in ${escapeControls(folder)} names ${names.length} ` +
        "classes; leave it out",
    );
  }
  if (names) return names;
  if (count !== undefined) return Array.from({ length: count }, (_, i) => `class ${i}`);
  throw new Error(
    `Cannot tell how many classes ${escapeControls(folder)} has: give \`classes\`, or put a file ` +
      "classes.txt there with the name of a class on each line",
  );
}

async function namesIn(folder: string): Promise<string[] | null> {
  for (const table of tables) {
    const text = await readText(`${folder}/${table}`);
    if (text !== null) return namesInTable(text);
  }
  const text = await readText(`${folder}/classes.txt`);
  return text === null ? null : linesOf(text);
}

/** The column `Name`, which is the last one; of several names of a class the first. */
function namesInTable(text: string): string[] {
  const [head = "", ...rows] = linesOf(text);
  const separator = head.includes("\t") ? "\t" : ",";
  const column = head.split(separator).findIndex((title) => title.trim() === "Name");
  return rows.map((row) => {
    const name = row.split(separator).slice(column).join(separator);
    return name.replaceAll('"', "").split(/[;,]/)[0]!.trim();
  });
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
}

async function readText(path: string): Promise<string | null> {
  return await Deno.readTextFile(path).catch(() => null);
}
