import { assertEquals } from "@std/assert";
import { tiny, vitSmall100 } from "../configs/mod.ts";
import { architecture, measuredRows } from "./measured_rows.ts";

Deno.test("architecture() is the name in the paper if there is one, else the sizes", () => {
  assertEquals(architecture(vitSmall100), "ViT-S/16");
  assertEquals(architecture(tiny), "ViT 128x4/8");
});

Deno.test("measuredRows() lists all methods level by level, with epochs of the trained one", () => {
  const scores = ["family", "species"].map((level) => ({
    level,
    knn: { top1: 50, top5: 90 },
    linear: null,
    chance: 10,
  }));
  const scored = [
    { method: "Mugs", kind: "trained" as const, scores },
    { method: "raw pixels", kind: "plain" as const, scores },
  ];
  const about = {
    data: "granules",
    levels: 2,
    config: tiny,
    parameters: 1e6,
    trained: { epochs: 3, minutes: 1 },
  };
  const rows = measuredRows(scored, about);
  assertEquals(rows.map(({ method, level, epochs }) => [method, level, epochs]), [
    ["Mugs", "family", 3],
    ["raw pixels", "family", null],
    ["Mugs", "species", 3],
    ["raw pixels", "species", null],
  ]);
});
