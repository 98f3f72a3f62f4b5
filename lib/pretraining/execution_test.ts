import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type MugsConfig, tiny, vitBase400, vitSmall100 } from "../configs/mod.ts";
import { deviceLayout } from "./execution.ts";
import { stepMemory } from "./step_memory.ts";

const gigabytes = (count: number) => count * 2 ** 30;
const small = { ...vitSmall100, batchSize: 64 };

Deno.test("on a processor the layout follows from the width and the number of processors", () => {
  const layout = (config: MugsConfig, processors: number) =>
    deviceLayout(config, { processors, memory: null });
  assertEquals(layout(tiny, 2), { chains: 2, parts: false });
  assertEquals(layout(tiny, 16), { chains: 4, parts: false });
  assertEquals(layout(small, 2), { chains: 2, parts: true });
  assertEquals(layout(small, 16), { parts: true });
  assertEquals(layout(vitBase400, 16), { parts: true, recompute: true });
});

Deno.test("on a GPU parameters move together, and its memory decides what is kept", () => {
  const layout = (memory: number) =>
    deviceLayout(small, { processors: 16, memory: gigabytes(memory) });
  const all = { together: true, lean: true };
  assertEquals(layout(80), all);
  assertEquals(layout(24), { ...all, recompute: true, parts: false });
  assertEquals(layout(4), { ...all, recompute: true, parts: true });
});

Deno.test("the memory of a step grows with the batch, and less where blocks run anew", () => {
  const [one, two] = [small, { ...small, batchSize: 128 }].map(stepMemory) as [
    ReturnType<typeof stepMemory>,
    ReturnType<typeof stepMemory>,
  ];
  // 64 images of 2 views of 197 tokens and 10 of 37, each 15 times 384 numbers in 12 blocks.
  const kept = 4 * 64 * (2 * 197 + 10 * 37) * 15 * 384 * 12;
  assertEquals(two.lean - one.lean, kept);
  assert(one.lean > kept && one.lean < kept + gigabytes(6), `${one.lean - kept}`);
  assertAlmostEquals(one.lean - one.recompute, kept * (1 - 1 / 12 - 1 / 15), 1);
});
