import { assertEquals } from "@std/assert";
import { tiny } from "../../configs/mod.ts";
import { Random } from "../../random/mod.ts";
import { flatten } from "../../tree/mod.ts";
import { initVit } from "./init.ts";
import { vitShapes } from "./shapes.ts";

Deno.test("vitShapes() are the shapes of what initVit() makes, in its order", () => {
  const named = Object.entries(flatten(initVit(tiny, new Random(0))));
  const shapes = Object.entries(vitShapes(tiny));
  assertEquals(named.map(([name, { shape }]) => [name, shape]), shapes);
});
