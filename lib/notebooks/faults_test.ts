import { assertEquals } from "@std/assert";
import { type Cell, cellSource, type Notebook, small } from "./document.ts";
import { differences, outputFaults, textFaults } from "./faults.ts";

const title: Cell = {
  cell_type: "markdown",
  metadata: {},
  source: "# A claim\n\nTakes 3 minutes.",
};

function code(source: string, ...types: string[]): Cell {
  const outputs = types.map((type) => ({ output_type: "display_data", data: { [type]: "" } }));
  return { cell_type: "code", metadata: {}, source, outputs, execution_count: 1 };
}

function notebook(...cells: Cell[]): Notebook {
  return {
    cells: [title, ...cells],
    metadata: { kernelspec: { name: "deno" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

Deno.test("textFaults() finds long cells, functions, and a first cell without a time", () => {
  assertEquals(textFaults(notebook(code("a\n".repeat(11) + "a"))), []);
  assertEquals(textFaults(notebook(code("a\n".repeat(12) + "a"))), [
    "cell 2 has 13 lines, more than 12",
  ]);
  assertEquals(textFaults(notebook({ ...title, source: "a".repeat(101) })), [
    "cell 2 has a line of 101 characters, more than 100",
  ]);
  for (const text of ["function f() {}", "const f = (x) => x", "const f = async x => x"]) {
    assertEquals(textFaults(notebook(code(text))), ["cell 2 defines a function"]);
  }
  assertEquals(textFaults(notebook(code("rows.map((row) => row.knn)"))), []);
  const silent = notebook();
  silent.cells = [{ ...title, source: "# A claim" }];
  silent.metadata = { kernelspec: { name: "python3" } };
  assertEquals(textFaults(silent), [
    "its kernel is python3, not deno",
    "cell 1 does not say how long it takes",
  ]);
});

Deno.test("outputFaults() finds lost outputs, errors, color codes and skipped cells", () => {
  assertEquals(outputFaults(notebook(code("await show(a)", "image/png"))), []);
  assertEquals(outputFaults(notebook(code("await show(a)"))), [
    "cell 2 shows 1 things, and has 0 outputs",
  ]);
  const error = { output_type: "error", ename: "TypeError", evalue: "no" };
  assertEquals(outputFaults(notebook({ ...code("await show(a)"), outputs: [error] })), [
    "cell 2 ended in an error: TypeError: no",
  ]);
  const stream = { output_type: "stream", text: "\x1b[31mred\x1b[0m" };
  assertEquals(outputFaults(notebook({ ...code("a"), outputs: [stream] })), [
    "cell 2 has color codes in its output",
  ]);
  assertEquals(outputFaults(notebook({ ...code("a"), execution_count: null })), [
    "cell 2 was not run in its turn",
  ]);
});

Deno.test("differences() compares the kinds of outputs and not their contents", () => {
  const saved = notebook(code("a", "image/png"), code("b", "text/html"));
  const picture = { output_type: "display_data", data: { "image/png": "other" } };
  const other = notebook({ ...code("a"), outputs: [picture] }, code("b"));
  assertEquals(differences(saved, saved), []);
  assertEquals(differences(saved, other), ["cell 3 gave nothing, and text/html is saved"]);
  assertEquals(differences(saved, notebook()), ["1 cells ran, and 3 are saved"]);
});

Deno.test("small() puts the short form of a cell in its place", () => {
  const cell = { ...code("const steps = 1000;"), metadata: { small: ["const steps = 2;"] } };
  const { cells } = small(notebook(cell, code("b")));
  assertEquals(cells.slice(1).map(cellSource), ["const steps = 2;", "b"]);
});
