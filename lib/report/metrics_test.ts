import { assertEquals } from "@std/assert";
import { thin } from "./metrics.ts";

const point = (epoch: number) => ({ epoch, instance: 2 * epoch, localGroup: 1, group: 0 });

Deno.test("thin() keeps few points as they are", () => {
  assertEquals(thin([point(1), point(2)]), [point(1), point(2)]);
});

Deno.test("thin() takes means of steps that follow each other, the last of what is left", () => {
  const thinned = thin([1, 2, 3, 4, 5].map(point), 2);
  assertEquals(thinned, [point(2), point(4.5)]);
});

Deno.test("thin() means what was measured now and then over the steps that have it", () => {
  const told = [{ ...point(1), neighborPurity: 40, collapse: null }, point(3)];
  assertEquals(thin(told, 1), [{ ...point(2), neighborPurity: 40 }]);
});
