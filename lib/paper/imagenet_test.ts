import { assertEquals } from "@std/assert";
import { imagenet } from "./imagenet.ts";

Deno.test("imagenet has the paper's 20 rows, 8 of them of ResNet-50", () => {
  assertEquals(imagenet.length, 20);
  assertEquals(imagenet.filter((row) => row.arch === "ResNet-50").length, 8);
});

Deno.test("imagenet has the rows of Mugs as the official release reports them", () => {
  const mugs = imagenet.filter((row) => row.method === "Mugs");
  assertEquals(mugs.map(({ linear, knn }) => [linear, knn]), [[78.9, 75.6], [80.6, 78], [
    82.1,
    80.3,
  ]]);
});

Deno.test("imagenet cannot be changed by accident", () => {
  assertEquals(Object.isFrozen(imagenet) && imagenet.every(Object.isFrozen), true);
});
