import { type Cell, cellSource, type Notebook } from "./document.ts";
import { projectFolder } from "./environment.ts";

/**
 * The cells that `deno fmt` would write differently. The notebook goes through its stdin: given the
 * file, `deno fmt --check` rejects every cell that does not end in an empty line, and `deno fmt`
 * then writes it unchanged (Deno 2.9.6). This is why deno.json excludes the notebooks.
 *
 * @returns The faults, cell by cell (from 1 on); a cell that is not code counts as formatted.
 * @throws {Error} If `deno fmt` fails; the message holds its output.
 */
export async function formatFaults(notebook: Notebook): Promise<string[]> {
  const formatter = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "-q", "--ext", "ipynb", "-"],
    cwd: projectFolder, // its deno.json holds the width of a line
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const [{ success, stdout, stderr }] = await Promise.all([
    formatter.output(),
    new Blob([JSON.stringify(notebook)]).stream().pipeTo(formatter.stdin),
  ]);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success) throw new Error(`Cannot format the notebook: ${text(stderr).trim()}`);
  const formatted: Notebook = JSON.parse(text(stdout));
  const targets = formatted.cells.map(linesOf);
  return notebook.cells.map(linesOf).flatMap((lines, i) => {
    const target = targets[i] ?? [];
    const line = Array.from({ length: Math.max(lines.length, target.length) }, (_, j) => j)
      .find((j) => lines[j] !== target[j]);
    if (line === undefined) return [];
    return [
      `cell ${i + 1} is not formatted: its line ${line + 1} is ${quoted(lines[line])}, ` +
      `deno fmt would write ${quoted(target[line])}`,
    ];
  });
}

const linesOf = (cell: Cell): string[] => cellSource(cell).split("\n");

const quoted = (line = ""): string => JSON.stringify(line);
