import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { permittedTest } from "../testing/permitted.ts";
import { bundle } from "./bundle.ts";
import type { Jupyter } from "./jupyter.ts";
import { live } from "./live.ts";
import { png, svg } from "./picture.ts";
import { Display, show } from "./show.ts";
import type { Figure } from "./specification.ts";

const figure: Figure = {
  data: [{ type: "scatter", name: "the <b>loss</b>", x: [1, 2], y: [3, 4] }],
  layout: { title: { text: "Steps and losses" }, width: 300, height: 200 },
};

/** A kernel that keeps what it is told. */
function recorder() {
  const heard: { type: string; content: Record<string, unknown> }[] = [];
  const kernel: Jupyter = {
    broadcast: (type, content) => Promise.resolve(void heard.push({ type, content })),
  };
  return { heard, kernel };
}

/** Runs a function and returns what it printed. */
async function printed(run: () => Promise<void>): Promise<string[]> {
  const [lines, log] = [[] as string[], console.log];
  console.log = (line) => lines.push(line);
  try {
    await run();
  } finally {
    console.log = log;
  }
  return lines;
}

Deno.test("show() prints title and traces where there is no notebook", async () => {
  assertEquals(await printed(() => show(figure)), ["Steps and losses: the loss"]);
});

Deno.test("a table comes as HTML, as Markdown and as the same in plain text", async () => {
  const { data } = await bundle({ head: ["a"], rows: [["1"]] });
  assertEquals(Object.keys(data), ["text/html", "text/markdown", "text/plain"]);
  assertEquals(data["text/plain"], "|   a |\n| --: |\n|   1 |\n");
  assert(!/<script/.test(data["text/html"] as string));
});

Deno.test("a Display changes what it has shown, under one id", async () => {
  const { heard, kernel } = recorder();
  const display = new Display(kernel);
  await display.show("first");
  await display.show("second");
  assertEquals(heard.map(({ type }) => type), ["display_data", "update_display_data"]);
  const ids = heard.map(({ content }) => (content.transient as { display_id: string }).display_id);
  assertEquals(new Set(ids).size, 1);
});

Deno.test("live() draws the first value at once and the last in any case", async () => {
  const drawn: string[] = [];
  const display = { show: (text: unknown) => Promise.resolve(void drawn.push(text as string)) };
  async function* values() {
    for (const value of [1, 2, 3]) yield await Promise.resolve(value);
    throw new Error("The source broke");
  }
  const error = await live(values(), String, { seconds: 60, display }).catch((error) => error);
  assertEquals(error.message, "The source broke");
  assertEquals(drawn, ["1", "3"]);
});

Deno.test("live() gives the last value, and nothing where none came", async () => {
  const display = { show: () => Promise.resolve() };
  async function* values(...all: number[]) {
    for (const value of all) yield await Promise.resolve(value);
  }
  assertEquals(await live(values(1, 2), String, { display }), 2);
  assertEquals(await live(values(), String, { display }), undefined);
});

permittedTest("svg() holds the title, the names and the marks of the traces", [
  "read",
  "env",
], async () => {
  const two = { ...figure, data: [...figure.data, { ...figure.data[0], name: "other" }] };
  const text = await svg(two);
  assertStringIncludes(text, "Steps and losses");
  assertStringIncludes(text, "other");
  assertEquals(text.match(/class="trace scatter/g)?.length, 2);
  assertEquals(figure.layout.width, 300); // the figure itself is left as it was
});

permittedTest("a figure's bundle is interactive, a small PNG of its size, and words", [
  "read",
  "env",
  "ffi",
  "sys",
], async () => {
  const { data, metadata } = await bundle(figure);
  assertEquals(Object.keys(data).sort(), [
    "application/vnd.plotly.v1+json",
    "image/png",
    "text/plain",
  ]);
  assertEquals(metadata["image/png"], { width: 300, height: 200 });
  const { bytes } = await png(figure, { scale: 2 });
  const view = new DataView(bytes.buffer);
  assertEquals([view.getUint32(16), view.getUint32(20)], [600, 400]); // the header of the PNG
  assert((data["image/png"] as string).length < 20_000);
});
