import { assertEquals, assertStringIncludes } from "@std/assert";
import { studyRow } from "../testing/study_rows.ts";
import { effectTable } from "./effect_table.ts";
import type { Table } from "./specification.ts";
import { studyFindings } from "./study_findings.ts";
import { combinationNames } from "./study_scores.ts";
import { variationTable } from "./variation_table.ts";

/** LGDS is worth 5 points to everything, GDS costs 2, IDS does nothing but vary with the seed. */
function rowsOf(seeds: number[]) {
  const names = ["untrained", ...combinationNames];
  return seeds.flatMap((seed) =>
    names.map((method) => {
      const has = (name: string) => Number(method.split(" + ").includes(name));
      const ids = has("IDS") * [-1, 0, 1][seed]!;
      return studyRow({ method, seed, top1: 30 + seed + ids + 5 * has("LGDS") - 2 * has("GDS") });
    })
  );
}

Deno.test("studyFindings() says in five sentences what is clear and what is not", () => {
  const sentences = studyFindings(rowsOf([0, 1, 2])).split("\n");
  assertEquals(sentences.map((sentence) => sentence.slice(0, 3)), [
    "1. ",
    "2. ",
    "3. ",
    "4. ",
    "5. ",
  ]);
  const [best, ids, lgds, gds, budget] = sentences;
  // Under all seeds alike LGDS alone is 2 points above all three, but for what IDS does.
  assertStringIncludes(best!, "LGDS with 36.0 % (species), +2.0 ± 2.5 points (not clear) from all");
  assertStringIncludes(ids!, "class token: species +0.0 ± 2.5 points (not clear); and");
  assertStringIncludes(ids!, "the share of images that find their other view +0.0 ± 2.5 points");
  assertStringIncludes(
    lgds!,
    "species +5.0 ± 0.0 points; and that of the local-group token (species) +5",
  );
  assertStringIncludes(
    gds!,
    "species −2.0 ± 0.0 points; and k-NN of the class token (species) −2.0",
  );
  assertStringIncludes(budget!, "other budgets have not been run");
});

Deno.test("studyFindings() makes no claim from one seed, or from missing combinations", () => {
  const [best, ids] = studyFindings(rowsOf([0])).split("\n");
  assertStringIncludes(best!, "(one seed: not clear)");
  assertStringIncludes(ids!, "(one seed: not clear)");
  const some = rowsOf([0, 1]).filter(({ method }) => method !== "GDS");
  assertStringIncludes(studyFindings(some), "best of the 6 combinations that were scored is LGDS");
  assertStringIncludes(studyFindings(some), "What IDS adds to the others cannot be said");
});

Deno.test("studyFindings() says whether the curve of the best supervision still rises", () => {
  const longer = (gain: number) =>
    [0, 1, 2].map((seed) => {
      return studyRow({ method: "LGDS", seed, budget: 4, top1: 35 + seed + gain + seed / 10 });
    });
  const rows = rowsOf([0, 1, 2]);
  const rising = studyFindings([...rows, ...longer(3)]);
  assertStringIncludes(
    rising,
    "From 15,872 to 63,488 images seen, 4 times as many, LGDS, the best at the end, changes the " +
      "linear probe (species) by +3.1 ± 0.2 points, so that its curve still rises.",
  );
  assertStringIncludes(studyFindings([...rows, ...longer(-0.1)]), "still rises is not clear");
  assertStringIncludes(studyFindings([...rows, ...longer(-3)]), "its curve no longer rises");
});

Deno.test("effectTable() has effects with intervals, unclear ones in brackets", () => {
  const { head, rows, notes } = effectTable(rowsOf([0, 1, 2]));
  assertEquals(head, ["effect", "species"]);
  const cells = Object.fromEntries(rows.map(([name, cell]) => [name, cell]));
  assertEquals(cells["LGDS, alone"], "+5.0 ± 0.0");
  assertEquals(cells["LGDS, added to others"], "+5.0 ± 0.0");
  assertEquals(cells["GDS, main"], "−2.0 ± 0.0");
  assertEquals(cells["IDS, main"], "(+0.0 ± 2.5)");
  assertEquals(cells["LGDS × GDS"], "(+0.0 ± 0.0)");
  assertStringIncludes(notes!, "includes zero");
  const single = effectTable(rowsOf([1])).rows.map(([, cell]) => cell);
  assertEquals(single[3], "(+5.0)");
  const partial = effectTable(rowsOf([0]).filter(({ method }) => method !== "IDS"));
  assertEquals(partial.rows[0], ["IDS, alone", "-"]);
});

Deno.test("variationTable() has differences from all three under the same seeds", () => {
  const rows = rowsOf([0, 1, 2]);
  assertStringIncludes(String(variationTable(rows)), "has been measured yet");
  // All three scored 32, 34 and 36.
  const changed = [[0, 34], [1, 36], [2, 38.3]].map(([seed, top1]) => ({
    ...studyRow({ method: "IDS + LGDS + GDS", seed, top1: top1! }),
    ...{ part: "memory", cell: `IDS + LGDS + GDS, seed ${seed}, memory 512` },
  }));
  const table = variationTable([...rows, ...changed]) as Table;
  assertEquals(table.head, ["change", "seeds", "species"]);
  assertEquals(table.rows, [["IDS + LGDS + GDS, memory 512", "3", "+2.1 ± 0.4"]]);
  const single = variationTable([...rows, changed[0]!]) as Table;
  assertEquals(single.rows[0]!.slice(1), ["1", "(+2.0)"]);
});
