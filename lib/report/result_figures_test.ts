import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { imagenet } from "../paper/mod.ts";
import { htmlPage } from "./render/html_page.ts";
import { resultFigures } from "./result_figures.ts";
import type { Row } from "./row.ts";

const row: Row = {
  method: "Mugs",
  kind: "trained",
  arch: "ViT",
  parameters: 1,
  epochs: 30,
  linear: 60,
  knn: 55,
  data: "granules",
  level: "species",
  chance: 5,
  preset: "tiny",
  minutes: 5,
  imagesPerSecond: 200,
  memory: 900,
  seed: 0,
};
const curve = [{ epoch: 1, instance: 7, localGroup: 7, group: 6 }];

Deno.test("resultFigures() label the axis of every score and loss with its unit", () => {
  for (const { layout } of resultFigures(imagenet, [row], curve)) {
    const { title } = layout.yaxis as { title: { text: string } };
    assert(/\((%|nats)\)/.test(title.text), title.text);
  }
});

Deno.test("resultFigures() show every row of the paper once, and ours beside them", () => {
  const sizes = resultFigures(imagenet, [row]).at(-1)!.data;
  const published = sizes.filter(({ name }) => name !== "measured here");
  assertEquals(published.flatMap(({ y }) => y).length, 20);
  assertEquals(sizes.filter(({ name }) => name === "measured here").map(({ y }) => y), [[60]]);
});

Deno.test("resultFigures() omit the losses where nothing was trained", () => {
  assertEquals(resultFigures(imagenet, [row], curve).length, 4);
  assertEquals(resultFigures(imagenet, [row]).length, 3);
});

Deno.test("resultFigures() tell many methods apart, and methods on other backbones", () => {
  const rows = Array.from({ length: 11 }, (_, i) => ({ ...row, method: `${i}` }));
  const [knn, linear, ...others] = resultFigures(imagenet, rows);
  assertEquals(others, []);
  for (const figure of [knn!, linear!]) {
    const markers = figure.data.map(({ marker }) => JSON.stringify(marker));
    assertEquals(new Set(markers).size, 11);
  }
  const [both] = resultFigures(imagenet, [row, { ...row, arch: "ResNet" }]);
  assertEquals(both!.data.map(({ name }) => name), ["Mugs, ViT", "Mugs, ResNet"]);
});

Deno.test("htmlPage() needs no network, fits narrow screens, and escapes text", async () => {
  const table = { head: ["a"], rows: [["<script>"]] };
  const page = await htmlPage({ title: "a < b", figures: resultFigures([], [row]), table });
  assertStringIncludes(page, "<title>a &#60; b</title>");
  assertStringIncludes(page, "&#60;script&#62;</td>");
  assertStringIncludes(page, '<meta name="viewport" content="width=device-width');
  assertEquals(/<(script|link|img)[^>]+(src|href)=/.test(page.slice(0, 500)), false);
  assertEquals(page.match(/<\/script>/g)?.length, 2);
  const [, figures = ""] = /^const figures = (.*);$/m.exec(page) ?? [];
  for (const { layout } of JSON.parse(figures)) assertEquals(layout.width, undefined);
});
