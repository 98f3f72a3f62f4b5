import { assertEquals, assertThrows } from "@std/assert";
import { assertWithin, matches, tolerance } from "./tolerance.ts";

Deno.test("matches() knows stars and alternatives", () => {
  assertEquals(matches("*queue_ptr", "it0.after.queue_ptr"), true);
  assertEquals(matches("a.*", "abc"), false);
  assertEquals(matches("sum|abs_*", "abs_sum"), true);
});

Deno.test("tolerance() takes the first match, and that of the nearest listed set", () => {
  const all = {
    train: [{ match: "*", atol: 1 }],
    train_step: [{ match: "p*", exact: true }, { match: "*", atol: 2 }],
  };
  assertEquals(tolerance(all, "train_step_sgd", "ptr").exact, true);
  assertEquals(tolerance(all, "train_step", "x").atol, 2);
  assertEquals(tolerance(all, "train", "ptr").atol, 1);
  assertThrows(() => tolerance(all, "knn", "x"), Error, 'no tolerance is given for set "knn"');
});

Deno.test("assertWithin() adds absolute and relative tolerance, and never takes NaN", () => {
  const within = { name: "x", tolerance: { match: "*", atol: 0.1, rtol: 0.1 } };
  assertWithin([10, 2], [11, 2.2], within);
  assertThrows(() => assertWithin([10, 2], [11.3, 2], within), Error, "1 of 2 values");
  assertThrows(() => assertWithin([NaN], [1], within), Error, "value 0 is NaN");
  assertThrows(() => assertWithin([1], [1, 2], within), Error, "should have 2 values, and has 1");
});

Deno.test("assertWithin() lets the allowed share of values lie outside", () => {
  const most = { name: "x", tolerance: { match: "*", max_abs: 1, share: 0.5 } };
  assertWithin([0, 9], [1, 0], most);
  assertThrows(() => assertWithin([8, 9], [1, 0], most), Error, "2 of 2 values");
});
