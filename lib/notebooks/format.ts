import { type Notebook, sourceOf } from "./document.ts";
import { project } from "./environment.ts";

/**
 * Which cells `deno fmt` would write differently. A notebook goes through its stdin: `deno fmt --check` on the file calls
 * every cell unformatted that does not end in an empty line, and then writes it as it was (Deno 2.9.6), which is why
 * deno.json leaves notebooks out.
 *
 * @returns What is at fault, cell by cell (from 1 on); a cell that is no program counts as formatted.
 * @throws {Error} If `deno fmt` fails: what it said.
 */
export async function formatFaults(notebook: Notebook): Promise<string[]> {
  const formatter = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "-q", "--ext", "ipynb", "-"],
    cwd: project, // whose deno.json holds the width of a line
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const [{ success, stdout, stderr }] = await Promise.all([
    formatter.output(),
    new Blob([JSON.stringify(notebook)]).stream().pipeTo(formatter.stdin),
  ]);
  const [formatted, words] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (!success) throw new Error(`Cannot format the notebook: ${words.trim()}`);
  const { cells }: Notebook = JSON.parse(formatted);
  return notebook.cells.flatMap((cell, i) => {
    const [own, wanted] = [cell, cells[i]].map((cell) => sourceOf(cell).split("\n"));
    const line = own.findIndex((text, j) => text !== wanted[j]);
    if (line < 0 && own.length === wanted.length) return [];
    const at = line < 0 ? own.length : line;
    return [
      `cell ${i + 1} is not formatted: its line ${at + 1} is ` +
      `${JSON.stringify(own[at] ?? "")}, deno fmt would write ${JSON.stringify(wanted[at] ?? "")}`,
    ];
  });
}
