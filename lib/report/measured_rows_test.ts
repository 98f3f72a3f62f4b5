import { assertEquals } from "@std/assert";
import { measuredRows } from "./measured_rows.ts";

Deno.test("measuredRows() lists all methods level by level, with what the trained one took", () => {
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
    config: { preset: "tiny", seed: 0 },
    network: { arch: "ViT 128x4/8", parameters: 1e6 },
    trained: { epochs: 3, minutes: 1, imagesPerSecond: 200, memory: 900 },
  };
  const rows = measuredRows(scored, about);
  assertEquals(rows.map(({ method, level, epochs }) => [method, level, epochs]), [
    ["Mugs", "family", 3],
    ["raw pixels", "family", null],
    ["Mugs", "species", 3],
    ["raw pixels", "species", null],
  ]);
  const costs = rows.map(({ minutes, imagesPerSecond, memory }) => [
    ...[minutes, imagesPerSecond, memory],
  ]);
  assertEquals(costs.slice(0, 2), [[1, 200, 900], [null, null, null]]);
});
