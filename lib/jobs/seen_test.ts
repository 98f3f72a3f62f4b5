import { assertEquals, assertThrows } from "@std/assert";
import { seen } from "./seen.ts";

const sizes = { patchSize: 8, imageSize: 32 };

Deno.test("seen() prefers the flags, then what is known, then what the published weights see", () => {
  assertEquals(seen({}, sizes), { ...sizes, evalCrop: "center", evalSize: null, exif: false });
  const known = { ...sizes, evalCrop: "whole", evalSize: 48, exif: true } as const;
  assertEquals(seen({}, known), known);
  assertEquals(seen({ "eval-crop": "center", "eval-size": null }, known), {
    ...sizes,
    evalCrop: "center",
    evalSize: null,
    exif: true,
  });
});

Deno.test("seen() refuses a square that cannot be cut into patches", () => {
  assertThrows(() => seen({ "eval-size": 50 }, sizes), RangeError, "multiple of the network's");
});
