import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { granuleScenes } from "./granule_scenes.ts";

const scenes = granuleScenes({ size: 64, train: 40, test: 4 });

Deno.test("granuleScenes() have two to four granules, each with its box, mask and class", async () => {
  const counts = new Set<number>();
  for (const { mask, objects } of scenes.train) {
    const [map, found] = await Promise.all([mask(), objects()]);
    counts.add(found.length);
    const union = new Uint8Array(map.data.length);
    for (const { label, box: [left, top, right, bottom], mask: { data } } of found) {
      const area = data.reduce((sum, value) => sum + value, 0);
      assert(area > 60, `${area} pixels`);
      assert(right - left >= 8 && bottom - top >= 8 && right <= 64 && bottom <= 64);
      for (const [i, value] of data.entries()) {
        if (!value) continue;
        const [x, y] = [i % 64, Math.floor(i / 64)];
        assert(x >= left && x < right && y >= top && y < bottom);
        union[i] = label + 1;
      }
    }
    assertEquals(map.data, union);
  }
  assertEquals([...counts].toSorted(), [2, 3, 4]);
});

Deno.test("granuleScenes() depend on the seed and their number only", async () => {
  const [a, b] = [scenes, granuleScenes({ size: 64, train: 9 })];
  assertEquals(await a.train[3]!.read(), await b.train[3]!.read());
  const other = granuleScenes({ size: 64, train: 9, seed: 1 });
  assertNotEquals(await a.train[3]!.read(), await other.train[3]!.read());
  assertNotEquals(a.fingerprint, other.fingerprint);
  assertNotEquals(await a.train[3]!.read(), await a.test[3]!.read());
});

Deno.test("granuleScenes() show every class, also by species and of rare minerals", async () => {
  for (const [level, count] of [["family", 6], ["species", 24]] as const) {
    const { train, classes } = granuleScenes({ size: 16, train: 150, level, minerals: "rare" });
    assertEquals(classes.length, count + 1);
    assertEquals(classes[0], "ground");
    const labels = (await Promise.all(train.map(({ objects }) => objects()))).flat()
      .map(({ label }) => label);
    assertEquals(new Set(labels).size, count);
  }
});

Deno.test("granuleScenes() that cannot be drawn are refused", () => {
  assertThrows(
    () => granuleScenes({ granules: [3, 2] }),
    RangeError,
    "`granules` takes an integer from 3 to 6, not 2",
  );
  assertThrows(() => granuleScenes({ size: 8 }), RangeError, "`size` takes an integer from 16");
  assertEquals(granuleScenes({ granules: [0, 1] }).test.length, 250);
});
