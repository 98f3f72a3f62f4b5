import { assertEquals } from "@std/assert";
import { fastPrecision } from "./mod.ts";

Deno.test("bfloat16 is chosen only where the processor has instructions for it", () => {
  assertEquals(fastPrecision("flags : fpu avx512f avx512_bf16 sha_ni"), "bfloat16");
  assertEquals(fastPrecision("flags : amx_bf16"), "bfloat16");
  assertEquals(fastPrecision("flags : fpu avx2 fma"), "float32");
  assertEquals(fastPrecision(""), "float32");
});
