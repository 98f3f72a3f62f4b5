import { assert, assertEquals } from "@std/assert";
import { denseTables, imagenet, protocolTables, sources } from "./mod.ts";

Deno.test("every published row has a source, and its own place among those of the source", () => {
  for (const { rows, columns } of Object.values({ ...protocolTables, ...denseTables })) {
    assert(rows.length > 0 && rows.every(Object.isFrozen));
    for (const { source, column, value } of rows) {
      assert(Object.hasOwn(sources, source) && columns.includes(column), column);
      assert(value > 27 && value < 100, `${value}`);
    }
    const places = rows.map((row) => Object.values({ ...row, value: 0, where: "" }).join("|"));
    assertEquals(places.filter((place, i) => places.indexOf(place) !== i), []);
  }
});

Deno.test("the protocols' tables agree with the main one on Mugs", () => {
  for (const { arch, linear, knn } of imagenet.filter(({ method }) => method === "Mugs")) {
    for (const [name, value] of [["linear", linear], ["knn", knn]] as const) {
      const values = protocolTables[name].rows
        .filter((row) => row.method === "Mugs" && row.arch === arch && row.source !== "dinov2");
      assertEquals(values.at(-1)?.value, value, `${name}, ${arch}`); // the longest training
    }
  }
});

Deno.test("transfer has six data sets, and semi-supervised learning two shares of labels", () => {
  assertEquals(protocolTables.transfer.columns.length, 6);
  assertEquals(protocolTables["semi-supervised"].columns, ["1 % of labels", "10 % of labels"]);
});
