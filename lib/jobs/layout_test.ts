import { assertEquals, assertThrows } from "@std/assert";
import { tiny } from "../configs/mod.ts";
import { layoutOf } from "./layout.ts";

const normalized = { ...tiny, batchSize: 6 };
const config = { ...normalized, batchNormInHead: false };

Deno.test("layoutOf() takes what is requested and leaves the rest open", () => {
  assertEquals(layoutOf({}, config), {});
  assertEquals(layoutOf({ accumulate: 3, chunk: 2 }, config), { accumulate: 3, chunk: 2 });
  const layout = { chunk: null, recompute: false };
  assertEquals(layoutOf({ ...layout, accumulate: undefined }, config), layout);
});

Deno.test("layoutOf() refuses to cut a batch that does not divide, or that is normalized", () => {
  const unequal = () => layoutOf({ accumulate: 4 }, config);
  assertThrows(unequal, RangeError, "cannot be cut into `accumulate` 4");
  const normal = () => layoutOf({ chunk: 2 }, normalized);
  assertThrows(
    normal,
    RangeError,
    "give neither `accumulate` nor `chunk`, or turn `batchNormInHead`",
  );
  assertEquals(layoutOf({ recompute: true }, normalized), { recompute: true });
});
