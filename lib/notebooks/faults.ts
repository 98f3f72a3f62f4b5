import { type Cell, cellSource, type Notebook, type Output } from "./document.ts";

/** The largest number of lines that a cell may have. */
const mostLines = 12;

/** The column by which every line must end. */
const lastColumn = 100;

/** Matches the definition of a function: the keyword, or an arrow function with a name. */
const definition = /\bfunction\b|\b(const|let|var)\s+\w+\s*=\s*(async\s*)?(\([^)]*\)|\w+)\s*=>/;

/**
 * The faults in the text of a notebook, cell by cell (from 1 on): too many or too long lines, a
 * function, a first cell without the time that the notebook takes, another kernel than Deno's.
 */
export function textFaults({ cells, metadata }: Notebook): string[] {
  const kernel = metadata.kernelspec?.name;
  const faults = kernel === "deno" ? [] : [`its kernel is ${kernel ?? "not named"}, not deno`];
  if (cells[0]?.cell_type !== "markdown" || !/minute|second/.test(cellSource(cells[0]))) {
    faults.push("cell 1 does not say how long it takes");
  }
  cells.forEach((cell, i) => {
    const lines = cellSource(cell).split("\n");
    const longest = Math.max(
      ...[...lines, ...cell.metadata.small ?? []].map((line) => line.length),
    );
    if (longest > lastColumn) {
      faults.push(`cell ${i + 1} has a line of ${longest} characters, more than ${lastColumn}`);
    }
    if (cell.cell_type !== "code") return;
    if (lines.length > mostLines) {
      faults.push(`cell ${i + 1} has ${lines.length} lines, more than ${mostLines}`);
    }
    if (definition.test(cellSource(cell))) faults.push(`cell ${i + 1} defines a function`);
  });
  return faults;
}

/**
 * The faults in the outputs of a notebook, cell by cell: errors, lost outputs, color codes, and
 * cells that were not run in order.
 */
export function outputFaults({ cells }: Notebook): string[] {
  const faults: string[] = [];
  let count = 0;
  cells.forEach((cell, i) => {
    if (cell.cell_type !== "code") return;
    const outputs = cell.outputs ?? [];
    if (cell.execution_count !== ++count) faults.push(`cell ${i + 1} was not run in its turn`);
    const error = outputs.find(({ output_type }) => output_type === "error");
    if (error) faults.push(`cell ${i + 1} ended in an error: ${error.ename}: ${error.evalue}`);
    else if (requests(cell) > displays(outputs).length) {
      faults.push(
        `cell ${i + 1} shows ${requests(cell)} things, and has ${displays(outputs).length} outputs`,
      );
    }
    // deno-lint-ignore no-control-regex
    if (/\x1b\[/.test(JSON.stringify(outputs).replaceAll("\\u001b", "\x1b"))) {
      faults.push(`cell ${i + 1} has color codes in its output`);
    }
  });
  return faults;
}

/** How the outputs of two notebooks differ in kind: in number, order or media types. */
export function differences(saved: Notebook, run: Notebook): string[] {
  if (saved.cells.length !== run.cells.length) {
    return [`${run.cells.length} cells ran, and ${saved.cells.length} are saved`];
  }
  const kinds = saved.cells.map(outputKinds);
  return run.cells.map(outputKinds).flatMap((kind, i) =>
    kind === kinds[i] ? [] : [`cell ${i + 1} gave ${kind}, and ${kinds[i]} is saved`]
  );
}

/** The kinds of a cell's outputs, in words. */
function outputKinds({ outputs = [] }: Cell): string {
  return outputs.map(outputKind).join(" and ") || "nothing";
}

/** The media types of a display; for printed text, only that there is some. */
function outputKind({ output_type, data }: Output): string {
  return data ? Object.keys(data).toSorted().join(", ") : output_type;
}

/** How many things a cell shows, as long as it shows none in a loop. */
function requests(cell: Cell): number {
  return cellSource(cell).match(/\bawait (show|live)\(/g)?.length ?? 0;
}

function displays(outputs: Output[]): Output[] {
  return outputs.filter(({ output_type }) => output_type === "display_data");
}
