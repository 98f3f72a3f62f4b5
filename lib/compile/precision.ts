import type { Abilities, Precision } from "../tensorflow/mod.ts";
import { tensorflow } from "./compile.ts";

/** Features of processors with instructions for bfloat16 products, as Linux names them. */
const features = /\b(avx512_bf16|amx_bf16)\b/;

/**
 * The precision in which the device in use multiplies matrices fastest at an acceptable loss:
 * bfloat16 if it has instructions for it, float32 if it would be emulated or if that is unknown.
 *
 * @param device What is known about it; by default the facts about the device in use.
 */
export function fastPrecision(device: DeviceFacts = thisDevice()): Precision {
  const native = "abilities" in device
    ? device.abilities.multipliesBfloat16
    : features.test(device.cpuinfo);
  return native ? "bfloat16" : "float32";
}

/** A GPU's abilities, or Linux's description of a processor. */
export type DeviceFacts = { abilities: Pick<Abilities, "multipliesBfloat16"> } | {
  cpuinfo: string;
};

/** The GPU on which the backend `tensorflow` runs, else the processor. */
function thisDevice(): DeviceFacts {
  const backend = tensorflow();
  if (backend?.binding.isUsingGpuDevice()) return { abilities: backend.abilities };
  return { cpuinfo: readCpuinfo() };
}

/** Whether the backend `tensorflow` computes on a GPU. */
export function computesOnGpu(): boolean {
  return tensorflow()?.binding.isUsingGpuDevice() ?? false;
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
