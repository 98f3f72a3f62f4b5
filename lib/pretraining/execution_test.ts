import { assert, assertEquals } from "@std/assert";
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
  assertEquals(layout(80), { together: true });
  assertEquals(layout(24), { together: true, recompute: true, parts: false });
  assertEquals(layout(4), { together: true, recompute: true, parts: true });
});

Deno.test("the memory of a step grows with the batch, and less where blocks run anew", () => {
  const [one, two] = [small, { ...small, batchSize: 128 }].map(stepMemory) as [
    ReturnType<typeof stepMemory>,
    ReturnType<typeof stepMemory>,
  ];
  assert(two.whole > 1.8 * one.whole);
  assert(two.recompute > one.recompute && one.recompute < one.whole / 3);
  // Measured on an H200 in float32: 33.4 GB with the logits, of which there are some 8.
  assert(one.whole > gigabytes(22) && one.whole < gigabytes(33.4), `${one.whole}`);
});
