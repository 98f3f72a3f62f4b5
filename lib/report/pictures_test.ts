import { assert, assertEquals, assertThrows } from "@std/assert";
import { blank, decode } from "../images/mod.ts";
import { permittedTest } from "../testing/permitted.ts";
import { attentionMaps } from "./attention_maps.ts";
import { mimeBundle } from "./render/mime_bundle.ts";
import { Canvas } from "./render/canvas.ts";
import { cropsGrid } from "./crops_grid.ts";
import { neighborRows } from "./neighbor_rows.ts";
import { pictureGrid } from "./picture_grid.ts";
import { put, toPng, transparent } from "./pixels.ts";
import type { Figure } from "./specification.ts";

/** An image of one color. */
function plain(side: number, color: number[]) {
  const image = blank(side, side);
  image.data.forEach((_, i) => image.data[i] = color[i % 3]!);
  return image!;
}

const [red, blue] = [plain(32, [200, 0, 0]), plain(32, [0, 0, 200])];

/** The texts that stand in a figure. */
function texts({ layout }: Figure): string[] {
  return (layout.annotations as { text: string }[]).map(({ text }) => text);
}

/** The one sheet of pictures of a figure. */
function sheet({ layout }: Figure) {
  const [image, ...others] = layout.images as { source: string; sizex: number; sizey: number }[];
  assertEquals(others, []);
  return image!;
}

permittedTest("toPng() is read back unchanged where it is opaque", [
  "read",
  "env",
  "ffi",
  "sys",
], async () => {
  const pixels = transparent(40, 33);
  const noise = blank(32, 32);
  noise.data.forEach((_, i) => noise.data[i] = (i * 7919) % 251);
  put(pixels, noise, [5, 1]);
  const { width, height, data } = await decode(toPng(pixels));
  assertEquals([width, height], [40, 33]);
  for (let y = 0; y < 32; y++) {
    const row = data.subarray(3 * ((y + 1) * 40 + 5), 3 * ((y + 1) * 40 + 37));
    assertEquals(row, noise.data.subarray(96 * y, 96 * (y + 1)));
  }
});

Deno.test("a Canvas fills rectangles and cuts off what lies beyond it", () => {
  const canvas = new Canvas(2, 1);
  canvas.fillStyle = "rgba(10,20,30,1)";
  canvas.fillRect(1, -3, 9, 9);
  const whole = transparent(2, 1);
  whole.data.set([10, 20, 30, 255], 4);
  assertEquals(canvas.toDataURL(), `data:image/png;base64,${toPng(whole).toBase64()}`);
});

Deno.test("pictureGrid() puts all pictures on one sheet, in labeled rows", () => {
  const grid = pictureGrid([
    { label: "two", pictures: [red, blue] },
    { label: "small", pictures: [{ image: red, scale: 0.5, caption: "half" }] },
  ], { title: "Squares", cell: 40 });
  const { sizex, sizey } = sheet(grid);
  assertEquals([sizex, sizey], [2 * 48, 48 + 28 + 14]);
  const { width, margin: { l, r } } = grid.layout as {
    width: number;
    margin: { l: number; r: number };
  };
  assertEquals(width - l - r, sizex); // not stretched
  assertEquals(texts(grid), ["two", "small", "half"]);
  assertThrows(() => pictureGrid([], { title: "Nothing" }), RangeError, "0 pictures");
});

Deno.test("cropsGrid() shows the image and every view, and the student's augmentation", () => {
  const small = plain(16, [0, 200, 0]);
  const erased = { ...red, erased: { region: { left: 0, top: 0, width: 8, height: 8 } } };
  const figure = cropsGrid(blue, {
    teacher: { views: [red, blue] },
    student: { views: [erased, blue], weak: false },
    local: { views: [small, small, small] },
  });
  assertEquals(texts(figure), ["image", "teacher", "student,<br>strong", "local"]);
  const hints = figure.data[0]!.text as string[];
  assertEquals(hints.length, 8);
  assertEquals(hints.filter((hint) => hint.includes("erased")).length, 1);
  assertEquals(red.data[0], 200); // what is drawn gray is a copy
});

Deno.test("neighborRows() ticks neighbors with the label of the query, crosses others", () => {
  const figure = neighborRows([{ image: red, label: "red" }], [[
    { image: red, label: "red", similarity: 0.987 },
    { image: blue, label: "blue", similarity: 0.5 },
    { image: blue, label: "blue" },
  ]], { kind: "color" });
  assertEquals(texts(figure).slice(5), ["✓ 0.99", "✗ 0.50", "✗"]);
  assertEquals((figure.layout.shapes as unknown[]).length, 3);
  assertEquals(figure.data.map(({ name }) => name).slice(1), [
    "same color (✓)",
    "another color (✗)",
  ]);
  assertThrows(() => neighborRows([], [[]]), RangeError, "0 queries beside 1 lists");
});

Deno.test("attentionMaps() has a map for every head and for the mean, and a scale", () => {
  const map = [[0.1, 0.2], [0.3, 0.1]];
  const figure = attentionMaps([{ image: red, attention: [map, map, map] }]);
  assertEquals(texts(figure).slice(1), ["image", "head 1", "head 2", "head 3", "mean"]);
  assertEquals((figure.data[0]!.text as string[]).slice(1, 2), [
    "maximum: 30.0 % of the attention",
  ]);
  assert("colorbar" in (figure.data.at(-1)!.marker as object));
  assertThrows(() => attentionMaps([]), RangeError, "0 pictures");
});

permittedTest(
  "pictures are smaller in a bundle than in the figure",
  ["read", "env", "ffi", "sys"],
  async () => {
    const noisy = blank(64, 64);
    noisy.data.forEach((_, i) => noisy.data[i] = 128 + 60 * Math.sin(i / 50) + (i * 7919) % 23);
    const figure = pictureGrid([{ label: "", pictures: [noisy, noisy] }], { title: "Noise" });
    const { data } = await mimeBundle(figure);
    const { layout } = data["application/vnd.plotly.v1+json"] as Figure;
    const { source } = sheet({ data: [], layout });
    assert(source.startsWith("data:image/webp;base64,"));
    assert(source.length < sheet(figure).source.length / 2);
    assert((data["image/png"] as string).length < 60_000);
  },
);
