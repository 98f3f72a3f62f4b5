import { assertEquals } from "@std/assert";
import { workersFor } from "./workers.ts";

const GiB = 2 ** 30;

Deno.test("workersFor() leaves a core to a GPU's program, and half of them to training", () => {
  assertEquals(workersFor({ training: false, cores: 16, memory: 64 * GiB }), 15);
  assertEquals(workersFor({ training: true, cores: 16, memory: 64 * GiB }), 8);
  assertEquals(workersFor({ training: true, cores: 1, memory: 64 * GiB }), 1);
});

Deno.test("workersFor() starts no more threads than fit into a quarter of the free memory", () => {
  assertEquals(workersFor({ training: false, cores: 64, memory: 8 * GiB }), 10);
  assertEquals(workersFor({ training: false, cores: 64, memory: 0 }), 1);
});
