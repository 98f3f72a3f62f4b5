import { assertEquals } from "@std/assert";
import { tiny, vitSmall100 } from "../../configs/mod.ts";
import { Random } from "../../random/mod.ts";
import { flatten, leaves } from "../../tree/mod.ts";
import { initVit } from "./init.ts";
import { vitParameters, vitShapes } from "./shapes.ts";

Deno.test("vitShapes() are the shapes of what initVit() makes, in its order", () => {
  const named = Object.entries(flatten(initVit(tiny, new Random(0))));
  const shapes = Object.entries(vitShapes(tiny));
  assertEquals(named.map(([name, { shape }]) => [name, shape]), shapes);
});

Deno.test("vitParameters() counts the numbers of a backbone without its relation blocks", () => {
  const vit = initVit({ ...tiny, relationBlocks: 0 }, new Random(0));
  const numbers = leaves(vit).reduce((sum, tensor) => sum + tensor.size, 0);
  assertEquals(vitParameters(tiny), numbers);
  assertEquals(Math.floor(vitParameters(vitSmall100) / 1e6), 21); // as the paper says
});
