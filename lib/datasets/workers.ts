/** Bytes that a thread of the loader takes: its engine, its decoder, and an image in work. */
const WORKER_BYTES = 200 * 2 ** 20;

/** What the number of threads depends on. */
export type WorkersOptions = {
  /** Whether the processor also trains; then it has half of the cores for itself. */
  training?: boolean;
  cores?: number;
  /** Free memory in bytes, of which a quarter may be used; by default what the system reports. */
  memory?: number;
};

/** How many threads make batches: all cores but one, or half of them beside training. */
export function workersFor(
  { training = true, cores = navigator.hardwareConcurrency, memory = freeMemory() }:
    WorkersOptions = {},
): number {
  const wanted = training ? cores >> 1 : cores - 1;
  return Math.max(1, Math.min(wanted, Math.floor(memory / 4 / WORKER_BYTES)));
}

/** Infinite where the program may not ask. */
function freeMemory(): number {
  const { state } = Deno.permissions.querySync({ name: "sys", kind: "systemMemoryInfo" });
  return state === "granted" ? Deno.systemMemoryInfo().available : Infinity;
}
