import { assertEquals, assertStringIncludes } from "@std/assert";
import { imagenet } from "../paper/mod.ts";
import type { Row } from "./row.ts";
import { table } from "./table.ts";
import { htmlTable, markdown, markdownTable } from "./render/table_text.ts";

const row: Row = {
  method: "Mugs",
  kind: "trained",
  arch: "ViT 128/4, patch 8",
  parameters: 0.82,
  epochs: 31.4,
  linear: 60.25,
  knn: 55.1,
  data: "granules",
  level: "species",
  chance: 5,
  preset: "tiny",
  minutes: 5.5,
  imagesPerSecond: 210.4,
  memory: 902.6,
  seed: 0,
};

Deno.test("table() lists the rows of the paper and then the measured ones", () => {
  const lines = markdownTable(table(imagenet, [row])).trim().split("\n");
  assertEquals(lines.length, 2 + (1 + 20) + (1 + 1)); // with a heading above each part
  assertEquals(lines.at(-1)!.split("|").map((cell) => cell.trim()).slice(1, -1), [
    "Mugs",
    "ViT 128/4, patch 8",
    "0.82 M",
    "31",
    "60.3",
    "55.1",
    "granules, species",
    "tiny",
    "5.5 min",
    "0",
  ]);
});

Deno.test("table() joins the seeds of a row into mean and deviation", () => {
  const text = markdownTable(table([], [row, { ...row, seed: 1, knn: 57.1 }]));
  assertStringIncludes(text, "56.1 ± 1.4");
  assertStringIncludes(text, "0, 1 |");
});

Deno.test("table() says what training costs where that is wanted, as means over the seeds", () => {
  const rows = [row, { ...row, seed: 1, imagesPerSecond: 190.4, memory: 1002.6 }];
  const { head, rows: [cells] } = table([], rows, { costs: true });
  assertEquals(head.slice(-4), ["training", "images/s", "memory", "seed"]);
  assertEquals(cells!.slice(-4), ["5.5 min", "200", "953 MiB", "0, 1"]);
  assertEquals(table(imagenet, rows, { costs: true }).rows[0]!.length, head.length);
});

Deno.test("table() keeps networks of one method apart that have other backbones", () => {
  const { rows } = table([], [row, { ...row, arch: "ResNet", seed: 1 }]);
  assertEquals(rows.map((cells) => cells[1]), ["ViT 128/4, patch 8", "ResNet"]);
});

Deno.test("table() leaves a dash where a score was not measured", () => {
  assertEquals(table([], [{ ...row, linear: null }]).rows[0]?.[4], "-");
});

Deno.test("markdown() aligns columns of unequal cells", () => {
  const lines = markdown(["a", "b"], [["x", "10"], ["long", "2"]]).trim().split("\n");
  assertEquals(new Set(lines.map((line) => line.length)).size, 1);
});

Deno.test("markdown() lets no cell end its line or itself", () => {
  const [, , row] = markdown(["data"], [["a\nb|c"]]).split("\n");
  assertEquals(row, "| a\\nb\\|c |");
});

Deno.test("htmlTable() escapes text, aligns numbers to the right, and holds no script", () => {
  const text = htmlTable({ head: ["a", "b"], rows: [["<script>", "10"]], notes: "x < y" });
  assertStringIncludes(text, '<td style="text-align: left">&#60;script&#62;</td>');
  assertStringIncludes(text, '<td style="text-align: right">10</td>');
  assertStringIncludes(text, "x &#60; y");
});

Deno.test("table() separates the rows of the paper from the measured ones", () => {
  const { headings } = table(imagenet, [row]);
  assertEquals(headings, { 0: "Published in the paper", 20: "Measured here" });
  const text = htmlTable(table(imagenet, [row]));
  assertEquals(text.match(/scope="rowgroup"/g)?.length, 2);
});
