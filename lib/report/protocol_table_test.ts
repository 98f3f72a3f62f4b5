import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { protocolTables } from "../paper/mod.ts";
import { markdownTable, protocolTable } from "./mod.ts";

const row = { method: "Mugs", arch: "custom", epochs: 3, setting: null, data: "granules" };

Deno.test("protocolTable() sets measured means and deviations beneath the published rows", () => {
  const measured = [[0, 50], [1, 54]].map(([seed, value]) => {
    return { ...row, column: "k-NN", seed: seed!, value: value! };
  });
  const { head, rows, headings } = protocolTable(protocolTables.knn, measured);
  assertEquals(rows.length, protocolTables.knn.rows.length + 1);
  assertEquals(rows.at(-1)?.slice(4), ["52.0 ± 2.8", "granules", "", "0, 1"]);
  assertEquals(head[4], "k-NN, %");
  assertEquals(headings?.[rows.length - 1], "Measured here");
});

Deno.test("protocolTable() puts the columns of a method into one line, with their source", () => {
  const { rows, notes } = protocolTable(protocolTables.transfer, []);
  const line = rows.find(([method, arch]) => method === "iBOT" && arch === "ViT-B/16");
  assertEquals(line?.slice(4, 10), ["99.2", "92.2", "74.6", "79.6", "98.9", "94.3"]);
  assertStringIncludes(line?.join() ?? "", "ibot, Table 7");
  assertStringIncludes(notes ?? "", "not published");
  assertStringIncludes(notes ?? "", "arXiv:2111.07832");
  assert(notes?.split("\n").every((line) => line.endsWith(".")), "so that HTML breaks the lines");
});

Deno.test("protocolTable() adds columns that only measured rows have", () => {
  const measured = [{ ...row, column: "natural10", seed: 0, value: 40 }];
  const table = protocolTable(protocolTables.transfer, measured);
  assertEquals(table.head[10], "natural10, %");
  assertEquals(table.rows.at(-1)?.[10], "40.0");
  assertStringIncludes(markdownTable(table), "40.0");
});

Deno.test("protocolTable() aligns the column of settings as text, also where they begin with a number", () => {
  const [rule] = markdownTable(protocolTable(protocolTables["fine-tune"], [])).match(/^\| -.*$/m)!;
  const columns = rule.split("|").slice(1, -1).map((dashes) => dashes.trim().endsWith(":"));
  assertEquals(columns.slice(0, 5), [false, false, true, false, true]);
});
