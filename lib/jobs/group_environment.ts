import { endWithParent, type Probe, thisMachine } from "../tensorflow/mod.ts";

/** Whether an exit code says more than that something failed. */
export function endedBefore(code: number): boolean {
  return code !== 0 && code !== 1;
}

/**
 * The GPU of a process of a group on this machine, by the variable that leaves it no other; nothing
 * where there are fewer GPUs than processes, which then share the processor.
 */
export function gpuFor(
  index: number,
  count: number,
  { run, visible }: Probe = thisMachine,
): Record<string, string> {
  const listed = run("nvidia-smi", ["--query-gpu=index", "--format=csv,noheader"]);
  const all = visible?.split(",") ?? listed?.trim().split("\n") ?? [];
  const gpus = all.map((name) => name.trim()).filter((name) => name !== "" && name !== "-1");
  if (gpus.length < count) return {};
  return { CUDA_VISIBLE_DEVICES: gpus[index]! };
}

/** Has this process end with the one that started it, where that is a group's. */
export function followParent(environment: Pick<Deno.Env, "get"> = Deno.env): void {
  const parent = environment.get("MUGS_PARENT");
  if (parent === undefined) return;
  endWithParent();
  if (Deno.ppid !== Number(parent)) Deno.exit(1); // it has ended already
}
