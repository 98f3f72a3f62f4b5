import { assertEquals } from "@std/assert";
import { thin } from "./metrics.ts";

const point = (epoch: number) => ({ epoch, instance: 2 * epoch, localGroup: 1, group: 0 });

Deno.test("thin() leaves few points unchanged", () => {
  assertEquals(thin([point(1), point(2)]), [point(1), point(2)]);
});

Deno.test("thin() averages consecutive steps, and the rest in the last point", () => {
  const thinned = thin([1, 2, 3, 4, 5].map(point), 2);
  assertEquals(thinned, [point(2), point(4.5)]);
});

Deno.test("thin() averages a number over the steps that have it", () => {
  const metrics = [{ ...point(1), neighborPurity: 40, collapse: null }, point(3)];
  assertEquals(thin(metrics, 1), [{ ...point(2), neighborPurity: 40 }]);
});
