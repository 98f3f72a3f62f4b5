import { assertEquals } from "@std/assert";
import { gpuMemory, memoryObstacle, memoryRemark } from "./gpu_memory.ts";

/** Answers with the id that was asked for as the memory in use. */
const probe = (visible?: string) => ({
  run: (_: string, args: string[]) => `${args.at(-1)!.replace(/\D/g, "")}, 143771\n`,
  visible,
});

Deno.test("the memory is that of the visible GPU with the number", () => {
  const used = (number: number, visible?: string) => 1024 * gpuMemory(number, probe(visible))!.used;
  assertEquals([used(0), used(2), used(1, "5,7"), used(0, "6")], [0, 2, 7, 6]);
  assertEquals(gpuMemory(0, { run: () => null }), undefined);
  assertEquals(gpuMemory(0, { run: () => "[N/A], [N/A]\n" }), undefined);
});

Deno.test("a GPU that others use is told by the numbers, and refused where nothing is left", () => {
  const full = { used: 139.9, total: 140.4 }, shared = { used: 30, total: 140.4 };
  assertEquals(
    memoryObstacle(full),
    "no memory is left: 139.9 of 140.4 GiB are in use by other processes",
  );
  assertEquals(memoryObstacle(shared), null);
  assertEquals(
    memoryRemark(shared),
    ", where other processes use 30.0 of 140.4 GiB of memory",
  );
  assertEquals([memoryRemark({ used: 0.4, total: 140 }), memoryRemark(undefined)], ["", ""]);
  assertEquals(memoryObstacle(undefined), null);
});
