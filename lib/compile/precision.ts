import type { Precision } from "../tensorflow/mod.ts";

/** Processor features that multiply bfloat16 numbers, as Linux names them. */
const features = /\b(avx512_bf16|amx_bf16)\b/;

/**
 * The precision in which this machine multiplies matrices fastest at an acceptable loss: bfloat16 where the processor
 * has instructions for it, float32 where it would be emulated or where that is not known.
 *
 * @param cpuinfo What Linux tells of the processor; by default read from it.
 */
export function fastPrecision(cpuinfo: string = readCpuinfo()): Precision {
  return features.test(cpuinfo) ? "bfloat16" : "float32";
}

function readCpuinfo(): string {
  try {
    return Deno.readTextFileSync("/proc/cpuinfo");
  } catch {
    return ""; // not Linux, or not permitted
  }
}
