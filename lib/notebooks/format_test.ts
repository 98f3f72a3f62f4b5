import { assertEquals } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import type { Cell, Notebook } from "./document.ts";
import { formatFaults } from "./format.ts";

function notebook(...sources: string[]): Notebook {
  const cells = sources.map((source): Cell => {
    return { cell_type: "code", metadata: {}, source, outputs: [], execution_count: null };
  });
  const metadata = { kernelspec: { name: "deno" }, language_info: { name: "typescript" } };
  return { cells, metadata, nbformat: 4, nbformat_minor: 5 };
}

permittedTest("formatFaults() finds what deno fmt would write differently, and only that", [
  "run",
], async () => {
  assertEquals(await formatFaults(notebook("const a = 1;", "if (a) {\n  b();\n}")), []);
  assertEquals(await formatFaults(notebook("const a = 1;", "const b = 1;\nconst  c = 2")), [
    'cell 2 is not formatted: its line 2 is "const  c = 2", deno fmt would write "const c = 2;"',
  ]);
});
