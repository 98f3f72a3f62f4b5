import { type Cell, type Notebook, type Output, sourceOf } from "./document.ts";

/** The most lines that a cell may have. */
const MOST_LINES = 12;

/** What defines a function: the word, or an arrow with a name. Arrows that are passed on are none. */
const definition = /\bfunction\b|\b(const|let|var)\s+\w+\s*=\s*(async\s*)?(\([^)]*\)|\w+)\s*=>/;

/** What is at fault with the text of a notebook, cell by cell (from 1 on): length, functions, a kernel of another name. */
export function textFaults({ cells, metadata }: Notebook): string[] {
  const kernel = metadata.kernelspec?.name;
  const found = kernel === "deno" ? [] : [`its kernel is ${kernel ?? "not named"}, not deno`];
  if (cells[0]?.cell_type !== "markdown" || !/minute|second/.test(sourceOf(cells[0]))) {
    found.push("cell 1 does not tell how long it takes");
  }
  cells.forEach((cell, i) => {
    if (cell.cell_type !== "code") return;
    const lines = sourceOf(cell).split("\n").length;
    if (lines > MOST_LINES) found.push(`cell ${i + 1} has ${lines} lines, more than ${MOST_LINES}`);
    if (definition.test(sourceOf(cell))) found.push(`cell ${i + 1} defines a function`);
  });
  return found;
}

/** What is at fault with the outputs of a notebook: errors, none where something is shown, colour codes, cells not run in order. */
export function outputFaults({ cells }: Notebook): string[] {
  const found: string[] = [];
  let count = 0;
  cells.forEach((cell, i) => {
    if (cell.cell_type !== "code") return;
    const outputs = cell.outputs ?? [];
    if (cell.execution_count !== ++count) found.push(`cell ${i + 1} was not run in its turn`);
    const error = outputs.find(({ output_type }) => output_type === "error");
    if (error) found.push(`cell ${i + 1} ended in an error: ${error.ename}: ${error.evalue}`);
    else if (shown(cell) > displays(outputs).length) {
      found.push(
        `cell ${i + 1} shows ${shown(cell)} things, and ${displays(outputs).length} came out`,
      );
    }
    // deno-lint-ignore no-control-regex
    if (/\x1b\[/.test(JSON.stringify(outputs).replaceAll("\\u001b", "\x1b"))) {
      found.push(`cell ${i + 1} has colour codes in its output`);
    }
  });
  return found;
}

/** How the outputs of a notebook differ from those of another in kind: number, order and media types. */
export function differences(saved: Notebook, run: Notebook): string[] {
  if (saved.cells.length !== run.cells.length) {
    return [`${run.cells.length} cells ran, and ${saved.cells.length} are saved`];
  }
  return saved.cells.flatMap((cell, i) => {
    const [before, now] = [cell, run.cells[i]].map(({ outputs = [] }) => outputs.map(kind));
    if (JSON.stringify(before) === JSON.stringify(now)) return [];
    return [`cell ${i + 1} gave ${told(now)}, and ${told(before)} is saved`];
  });
}

const told = (kinds: string[]) => kinds.length ? kinds.join(" and ") : "nothing";

/** The media types of a display; only that there is something, for what is printed. */
function kind({ output_type, data }: Output): string {
  return data ? Object.keys(data).toSorted().join(", ") : output_type;
}

/** How many things a cell shows, as long as it shows none in a loop. */
function shown(cell: Cell): number {
  return sourceOf(cell).match(/\bawait (show|live)\(/g)?.length ?? 0;
}

function displays(outputs: Output[]): Output[] {
  return outputs.filter(({ output_type }) => output_type === "display_data");
}
