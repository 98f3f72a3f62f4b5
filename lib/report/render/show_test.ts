import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { permittedTest } from "../../testing/permitted.ts";
import { mimeBundle } from "./mime_bundle.ts";
import type { Jupyter } from "./jupyter.ts";
import { live } from "./live.ts";
import { png, svg } from "./picture.ts";
import { Display, show } from "./show.ts";
import { comparisonTable } from "../comparison_table.ts";
import { lossCurves } from "../loss_curves.ts";
import type { Figure } from "../specification.ts";

const figure: Figure = {
  data: [{ type: "scatter", name: "the <b>loss</b>", x: [1, 2], y: [3, 4] }],
  layout: { title: { text: "Steps and losses" }, width: 300, height: 200 },
};

/** A kernel that records its messages. */
function recorder() {
  const messages: { type: string; content: Record<string, unknown> }[] = [];
  const kernel: Jupyter = {
    broadcast: (type, content) => Promise.resolve(void messages.push({ type, content })),
  };
  return { messages, kernel };
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

Deno.test("show() prints the title and the traces outside a notebook", async () => {
  assertEquals(await printed(() => show(figure)), ["Steps and losses: the loss"]);
});

Deno.test("the bundle of a table has HTML, Markdown, and Markdown as plain text", async () => {
  const { data } = await mimeBundle({ head: ["a"], rows: [["1"]] });
  assertEquals(Object.keys(data), ["text/html", "text/markdown", "text/plain"]);
  assertEquals(data["text/plain"], "|   a |\n| --: |\n|   1 |\n");
  assert(!/<script/.test(data["text/html"] as string));
});

Deno.test("a Display replaces its content, under one id", async () => {
  const { messages, kernel } = recorder();
  const display = new Display(kernel);
  await display.show("first");
  await display.show("second");
  assertEquals(messages.map(({ type }) => type), ["display_data", "update_display_data"]);
  const ids = messages.map(({ content }) =>
    (content.transient as { display_id: string }).display_id
  );
  assertEquals(new Set(ids).size, 1);
});

Deno.test("live() draws the first value at once and the last in any case", async () => {
  const drawings: string[] = [];
  const display = { show: (text: unknown) => Promise.resolve(void drawings.push(text as string)) };
  async function* values() {
    for (const value of [1, 2, 3]) yield await Promise.resolve(value);
    throw new Error("The source broke");
  }
  const error = await live(values(), String, { seconds: 60, display }).catch((error) => error);
  assertEquals(error.message, "The source broke");
  assertEquals(drawings, ["1", "3"]);
});

Deno.test("live() returns the last value, or undefined if there was none", async () => {
  const display = { show: () => Promise.resolve() };
  async function* values(...all: number[]) {
    for (const value of all) yield await Promise.resolve(value);
  }
  assertEquals(await live(values(1, 2), String, { display }), 2);
  assertEquals(await live(values(), String, { display }), undefined);
});

permittedTest("svg() holds the title, the names and the markers of the traces", [
  "read",
  "env",
], async () => {
  const two = { ...figure, data: [...figure.data, { ...figure.data[0], name: "other" }] };
  const text = await svg(two);
  assertStringIncludes(text, "Steps and losses");
  assertStringIncludes(text, "other");
  assertEquals(text.match(/class="trace scatter/g)?.length, 2);
  assertEquals(figure.layout.width, 300); // the figure itself is unchanged
});

permittedTest("the bundle of a figure is interactive, with a small PNG of its size, and text", [
  "read",
  "env",
  "ffi",
  "sys",
], async () => {
  const { data, metadata } = await mimeBundle(figure);
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

permittedTest("a figure or a table that is the value of a cell shows itself", [
  "read",
  "env",
  "ffi",
  "sys",
], async () => {
  const forms = async (content: object) => {
    const { [Symbol.for("Jupyter.display")]: display } = content as Record<
      symbol,
      () => Promise<Record<string, unknown>>
    >;
    return Object.keys(await display!()).sort();
  };
  const curves = lossCurves([{ epoch: 0, total: 2 }, { epoch: 1, total: 1 }]);
  assertEquals(await forms(curves), [
    "application/vnd.plotly.v1+json",
    "image/png",
    "text/plain",
  ]);
  const types = ["text/html", "text/markdown", "text/plain"];
  assertEquals(await forms(comparisonTable([{ what: "k-NN", paper: 1, ours: 2 }])), types);
});
