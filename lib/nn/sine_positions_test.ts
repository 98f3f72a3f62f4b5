import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { sinePositions } from "./sine_positions.ts";

golden("methods/moco_v3/heads", "sine positions are the official ones, at every size", (g) => {
  const selections = JSON.parse(g.metadata.pos!);
  for (const name of g.names.filter((name) => name.startsWith("pos_embed."))) {
    const [, width, size] = name.split(".");
    const pixels = size!.split("x").map(Number);
    const selection = selections[name.replace(/\.rows$/, "")]; // where not all rows are stored
    const patches = selection ? Math.max(...selection.rows) : g.shape(name)[1]! - 1;
    const patch = Math.sqrt(pixels[0]! * pixels[1]! / patches);
    const positions = sinePositions([pixels[0]! / patch, pixels[1]! / patch], Number(width));
    g.near(selection ? positions.gather(selection.rows, 1) : positions, name);
    if (!selection) continue;
    const values = Array.from(positions.dataSync());
    const absolute = values.map(Math.abs);
    assertAlmostEquals(values.reduce((sum, x) => sum + x), selection.sum, 1e-2);
    assertAlmostEquals(absolute.reduce((sum, x) => sum + x), selection.abs_sum, 1e-2);
  }
});

Deno.test("sinePositions() tells rows from columns, and nothing of the class token", () => {
  const positions = sinePositions([1, 2], 4).dataSync(); // class token, column 0, column 1
  assertEquals(Array.from(positions.slice(0, 8)), [0, 0, 0, 0, 0, 1, 0, 1]);
  assertAlmostEquals(positions[10]!, Math.sin(1), 1e-6);
});

Deno.test("sinePositions() refuses a width that has no quarters", () => {
  assertThrows(() => sinePositions([2, 2], 6), RangeError, "remainder");
});
