import { assertEquals } from "@std/assert";
import { thin } from "./curve.ts";

const point = (epoch: number) => ({ epoch, instance: 2 * epoch, localGroup: 1, group: 0 });

Deno.test("thin() keeps few points as they are", () => {
  assertEquals(thin([point(1), point(2)]), [point(1), point(2)]);
});

Deno.test("thin() takes means of steps that follow each other, the last of what is left", () => {
  const thinned = thin([1, 2, 3, 4, 5].map(point), 2);
  assertEquals(thinned, [point(2), point(4.5)]);
});
