import type { Probe } from "./machine.ts";

/** The memory of a GPU in GiB, and how much of it is in use. */
export type GpuMemory = { used: number; total: number };

/**
 * The memory of a GPU by its number among those that `CUDA_VISIBLE_DEVICES` leaves visible;
 * undefined where `nvidia-smi` does not tell it.
 */
export function gpuMemory(number: number, { run, visible }: Probe): GpuMemory | undefined {
  const id = visible?.split(",")[number]?.trim() || String(number);
  const fields = "--query-gpu=memory.used,memory.total";
  const table = run("nvidia-smi", [fields, "--format=csv,noheader,nounits", `--id=${id}`]);
  const [, used, total] = table?.match(/^(\d+), *(\d+)/m) ?? [];
  return used && total ? { used: Number(used) / 1024, total: Number(total) / 1024 } : undefined;
}

/** Below so many GiB TensorFlow does not start: its libraries alone take half of them. */
const least = 1;

/** Why a GPU cannot be used that others use; `null` if it can. */
export function memoryObstacle(memory: GpuMemory | undefined): string | null {
  if (!memory || memory.total - memory.used >= least) return null;
  return `no memory is left: ${share(memory)} GiB are in use by other processes`;
}

/** A remark on how much of its memory others use; empty if little. */
export function memoryRemark(memory: GpuMemory | undefined): string {
  if (!memory || memory.used < least) return "";
  return `, where other processes use ${share(memory)} GiB of memory`;
}

function share({ used, total }: GpuMemory): string {
  return `${used.toFixed(1)} of ${total.toFixed(1)}`;
}
