import { assertEquals, assertThrows } from "@std/assert";
import { blank, labelColors } from "../images/mod.ts";
import { markObjects } from "./mark_objects.ts";

const at = (
  data: Uint8Array,
  x: number,
  y: number,
) => [...data.subarray(3 * (6 * y + x)).slice(0, 3)];

Deno.test("markObjects() draws boxes within the image, the first object above others", () => {
  const { data } = markObjects(blank(6, 5), [
    { box: [1, 1, 4, 4] },
    { box: [-3, 0.2, 99, 3] },
  ]);
  const [, first, second] = labelColors;
  assertEquals([at(data, 1, 1), at(data, 3, 3), at(data, 2, 2)], [[...first!], [...first!], [
    ...second!,
  ]]);
  assertEquals([at(data, 0, 0), at(data, 5, 2), at(data, 0, 4)], [[...second!], [...second!], [
    ...[0, 0, 0],
  ]]);
});

Deno.test("markObjects() colors masks, and refuses those of another size", () => {
  const mask = { width: 6, height: 5, data: new Uint8Array(30).fill(1) };
  const { data } = markObjects(blank(6, 5), [{ box: [0, 0, 1, 1], mask }]);
  const [red = 0] = labelColors[1]!;
  assertEquals(at(data, 3, 2)[0], Math.round(0.55 * red));
  const small = { width: 1, height: 1, data: new Uint8Array(1) };
  assertThrows(() => markObjects(blank(6, 5), [{ box: [0, 0, 1, 1], mask: small }]), RangeError);
  const many = Array.from({ length: 256 }, () => ({ box: [0, 0, 1, 1] as const }));
  assertThrows(() => markObjects(blank(6, 5), many), RangeError, "256 objects");
});
