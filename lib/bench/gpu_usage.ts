/**
 * Bytes of GPU memory that a process holds, as the driver's program reports it; `null` where that
 * is not there or does not know the process, as in some containers.
 */
export async function gpuUsage(pid: number = Deno.pid): Promise<number | null> {
  const args = ["--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits"];
  const { stdout } = await new Deno.Command("nvidia-smi", { args }).output()
    .catch(() => ({ stdout: new Uint8Array() }));
  return usageIn(new TextDecoder().decode(stdout), pid);
}

/** What a table of processes and MiB, one a line, says of a process on all GPUs together. */
export function usageIn(table: string, pid: number): number | null {
  const own = table.split("\n").map((line) => line.split(",").map(Number))
    .filter(([id, memory]) => id === pid && Number.isFinite(memory));
  return own.length === 0 ? null : own.reduce((sum, [, memory = 0]) => sum + memory * 2 ** 20, 0);
}
