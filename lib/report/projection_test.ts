import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Random } from "../random/mod.ts";
import { projection } from "./projection.ts";
import { umap } from "./umap.ts";

/** Three kinds of features, each around a direction of its own. */
function features(random: Random, each: number): { rows: number[][]; labels: number[] } {
  const labels = Array.from({ length: 3 * each }, (_, i) => i % 3);
  const rows = labels.map((label) =>
    Array.from({ length: 8 }, (_, i) => (i === label ? 5 : 0) + random.normal())
  );
  return { rows, labels };
}

/** The mean of points. */
const center = (points: number[][]) =>
  [0, 1].map((i) => points.reduce((sum, point) => sum + point[i]!, 0) / points.length);
const distance = (a: number[], b: number[]) => Math.hypot(...a.map((x, i) => x - b[i]!));

Deno.test("umap() places features of a kind together, and depends on the seed alone", async () => {
  const { rows, labels } = features(new Random(1), 20);
  const points = await umap(rows);
  assertEquals([points.length, points[0]?.length], [60, 2]);
  const centers = [0, 1, 2].map((kind) => center(points.filter((_, i) => labels[i] === kind)));
  points.forEach((point, i) => {
    const near = centers.map((c) => distance(point, c));
    assertEquals(near.indexOf(Math.min(...near)), labels[i]);
  });
  assertEquals(await umap(rows), points);
  await assertRejects(() => umap(rows.slice(0, 3)), RangeError, "3 images");
});

Deno.test("projection() draws every class in its own color or shape", () => {
  const classes = Array.from({ length: 24 }, (_, i) => `class ${i}`);
  const labels = Array.from({ length: 48 }, (_, i) => i % 24);
  const { data } = projection(labels.map((l) => [l, -l]), labels, { classes });
  assertEquals(data.map(({ name }) => name), classes);
  assertEquals(data.map(({ x }) => (x as number[]).length), classes.map(() => 2));
  const looks = data.map(({ marker }) => {
    const { color, symbol } = marker as { color: string; symbol: string };
    return `${color} ${symbol}`;
  });
  assertEquals(new Set(looks).size, 24);
});

Deno.test("projection() thins ten thousand points to a small figure", () => {
  const random = new Random(2);
  const points = Array.from({ length: 10_000 }, () => [random.normal(), random.normal()]);
  const figure = projection(points, points.map((_, i) => i % 2), { classes: ["a", "b"] });
  assertEquals(figure.data.flatMap(({ x }) => x as number[]).length, 1500);
  assert(JSON.stringify(figure).length < 25_000);
  assertThrows(() => projection(points, [1], { classes: ["a"] }), RangeError, "1 labels");
});
