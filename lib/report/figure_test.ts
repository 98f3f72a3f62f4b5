import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { imagenet } from "../paper/mod.ts";
import { figure } from "./figure.ts";
import { html } from "./render/html.ts";
import type { Row } from "./row.ts";

const row: Row = {
  method: "Mugs",
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
  seed: 0,
};
const curve = [{ epoch: 1, instance: 7, localGroup: 7, group: 6 }];

Deno.test("figure() labels every axis that has data, with its unit", () => {
  const { data, layout } = figure(imagenet, [row], curve);
  for (const trace of data) {
    const axis = layout[`yaxis${String(trace.yaxis).slice(1)}`] as { title: { text: string } };
    assert(/\((%|nats)\)/.test(axis.title.text), axis.title.text);
  }
});

Deno.test("figure() shows every row of the paper once", () => {
  const points = figure(imagenet, [row]).data.filter((trace) => trace.xaxis === "x4");
  assertEquals(points.flatMap((trace) => trace.y).length, 20);
});

Deno.test("figure() omits the losses where nothing was trained", () => {
  assert(!figure(imagenet, [row]).data.some((trace) => trace.xaxis === "x3"));
});

Deno.test("html() makes a page that needs no network, and escapes text", async () => {
  const page = await html(figure([], [row]), { title: "a < b", text: "<script>" });
  assertStringIncludes(page, "<title>a &#60; b</title>");
  assertStringIncludes(page, "<pre>&#60;script&#62;</pre>");
  assertEquals(/<(script|link|img)[^>]+(src|href)=/.test(page.slice(0, 500)), false);
  assertEquals(page.match(/<\/script>/g)?.length, 2);
});
