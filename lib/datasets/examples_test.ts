import { assertEquals, assertRejects } from "@std/assert";
import { examples } from "./examples.ts";
import { granules } from "./granules.ts";

Deno.test("examples() shows images of evenly spaced classes of a level", async () => {
  const data = granules({ train: 96, test: 0, size: 16 });
  const rows = await examples(data, { level: "species", classes: 3, each: 2 });
  assertEquals(rows.map(({ label }) => label), [4, 12, 20].map((c) => data.classes.species?.[c]));
  const fifth = data.train.filter(({ labels }) => labels.species === 4).slice(0, 2);
  assertEquals(rows[0]?.pictures, await Promise.all(fifth.map((sample) => sample.read())));
});

Deno.test("examples() names the levels that there are", async () => {
  const data = granules({ train: 1, test: 0, size: 16 });
  const error = await assertRejects(() => examples(data, { level: "class" }), RangeError);
  assertEquals(
    error.message,
    "Cannot show classes of the level class: the levels are family, species, individual",
  );
});
