import { assertEquals } from "@std/assert";
import { gpuFor } from "./group_environment.ts";

const machine = (gpus: number, visible?: string) => ({
  run: () => gpus > 0 ? Array.from({ length: gpus }, (_, i) => `${i}\n`).join("") : null,
  visible,
});

Deno.test("each process of a group has a GPU of its own where there are as many", () => {
  assertEquals(gpuFor(1, 2, machine(4)), { CUDA_VISIBLE_DEVICES: "1" });
  assertEquals(gpuFor(1, 2, machine(4, "3, 2")), { CUDA_VISIBLE_DEVICES: "2" });
  assertEquals(gpuFor(0, 3, machine(2)), {});
  assertEquals(gpuFor(0, 2, machine(2, "-1")), {});
  assertEquals(gpuFor(0, 2, machine(0)), {});
});
