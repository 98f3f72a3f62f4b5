import { tensorflow } from "./compile.ts";

/** The bytes of memory of the GPU that runs operations; `null` where a processor does. */
export function gpuMemory(): number | null {
  return tensorflow()?.abilities.memory ?? null;
}
