import { assertEquals } from "@std/assert";
import { granules } from "./granules.ts";
import { portion } from "./portion.ts";

Deno.test("a data set shows its sizes and classes in a notebook, a portion its own", () => {
  const data = granules({ train: 20, test: 10 });
  const text = (value: object) => {
    const { [Symbol.for("Jupyter.display")]: display } = value as Record<
      symbol,
      () => Record<string, string>
    >;
    return display!()["text/plain"]!.split("\n");
  };
  assertEquals(text(data)[0], "**granules**: 20 training images, 10 test images");
  assertEquals(text(data).slice(2).map((line) => line.split(" (")[0]), [
    "- family: 6 classes",
    "- species: 24 classes",
    "- individual: 192 classes",
  ]);
  const some = portion(data, { train: 4, test: 2 });
  assertEquals(text(some)[0], "**granules**: 4 training images, 2 test images");
});
