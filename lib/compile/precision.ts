import type { Precision } from "../tensorflow/mod.ts";

/** Features of processors with instructions for bfloat16 products, as Linux names them. */
const features = /\b(avx512_bf16|amx_bf16)\b/;

/**
 * The precision in which this machine multiplies matrices fastest at an acceptable loss: bfloat16
 * if the processor has instructions for it, float32 if it would be emulated or if that is unknown.
 *
 * @param cpuinfo Linux's description of the processor; by default that of this machine.
 */
export function fastPrecision(cpuinfo: string = readCpuinfo()): Precision {
  return features.test(cpuinfo) ? "bfloat16" : "float32";
}

/** Deno itself may read `/proc` only with all permissions; another program may. */
function readCpuinfo(): string {
  try {
    const { stdout } = new Deno.Command("cat", { args: ["/proc/cpuinfo"] }).outputSync();
    return new TextDecoder().decode(stdout);
  } catch {
    return ""; // not Linux, or not permitted
  }
}
