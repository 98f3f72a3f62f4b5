import { assertEquals } from "@std/assert";
import { ranked, suppress, suppressWithin } from "./suppress.ts";

Deno.test("ranked() gives the highest first, of equal scores the first, and no more than requested", () => {
  const scores = Float32Array.of(0.5, 0.9, 0.5, 0.1, 0.5);
  assertEquals([...ranked(scores)], [1, 0, 2, 4, 3]);
  assertEquals([...ranked(scores, 3)], [1, 0, 2]);
  assertEquals([...ranked(scores, 0)], []);
});

Deno.test("a box suppresses worse ones of its group that overlap it", () => {
  const boxes = Float32Array.of(0, 0, 10, 10, 1, 0, 11, 10, 20, 0, 30, 10);
  const scores = Float32Array.of(0.5, 0.9, 0.1);
  assertEquals(suppress(boxes, scores, { threshold: 0.5 }), [1, 2]);
  assertEquals(suppress(boxes, scores, { threshold: 0.9 }), [1, 0, 2]);
  assertEquals(suppressWithin(boxes, scores, { threshold: 0.5, groups: [0, 1, 0] }), [1, 0, 2]);
  assertEquals(suppress(boxes, scores, { threshold: 0.5, most: 1 }), [1]);
});
