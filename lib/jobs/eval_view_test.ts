import { assertEquals, assertThrows } from "@std/assert";
import { evalView } from "./eval_view.ts";

const sizes = { patchSize: 8, imageSize: 32 };

Deno.test("evalView() prefers the request, then the training, then the published weights", () => {
  assertEquals(evalView({}, sizes), { ...sizes, evalCrop: "center", evalSize: null, exif: false });
  const stored = { ...sizes, evalCrop: "whole", evalSize: 48, exif: true } as const;
  assertEquals(evalView({}, stored), stored);
  assertEquals(evalView({ evalCrop: "center", evalSize: null }, stored), {
    ...sizes,
    evalCrop: "center",
    evalSize: null,
    exif: true,
  });
});

Deno.test("evalView() refuses a square that cannot be cut into patches", () => {
  assertThrows(() => evalView({ evalSize: 50 }, sizes), RangeError, "multiple of the network's");
});
