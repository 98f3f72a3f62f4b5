import { agreement, type Backend, processesOf } from "../compile/mod.ts";
import type { ClusterSpec } from "../tensorflow/mod.ts";
import type { JobOptions } from "./observer.ts";
import { startBackend, type StartOptions } from "./start_backend.ts";

/** How a job is done that several processes may share, each of which runs it. */
export type SharedJobOptions = JobOptions & {
  /** The processes that share it; by default this one is alone. */
  cluster?: ClusterSpec;
};

/**
 * Starts a backend as {@linkcode startBackend} does, or among other processes TensorFlow.
 *
 * @returns The processes that compute together; `undefined` where this one is alone.
 * @throws {Error} If the backend cannot be started, or the processes do not come together.
 */
export async function startTogether(
  backend: Backend | null,
  { cluster, ...options }: StartOptions,
): Promise<ReturnType<typeof processesOf>> {
  if (!cluster) {
    await startBackend(backend, options);
    return undefined;
  }
  checkExchange(backend);
  const threads = processorsOf(cluster);
  const runtime = { intraOpThreads: threads, interOpThreads: threads };
  await startBackend("tensorflow", { ...runtime, ...options, cluster });
  return processesOf();
}

/** Waits for the other processes: none may leave while another still receives what it has sent. */
export function meet(): void {
  using group = agreement();
  group.any(false);
}

/**
 * Refuses a backend on which processes cannot exchange tensors.
 *
 * @throws {TypeError} If they cannot.
 */
export function checkExchange(backend: Backend | null | undefined): void {
  if (!backend || backend === "tensorflow") return;
  throw new TypeError(
    `Cannot compute by several processes on the backend ${backend}: only tensorflow has what ` +
      "they exchange tensors by; leave `backend` out",
  );
}

/** Processors for each of the processes on this machine, of which one is told. */
export function processorsOf(cluster: ClusterSpec | undefined): number {
  const all = navigator.hardwareConcurrency;
  if (!cluster) return all;
  const { workers, index } = cluster;
  const hostOf = (address: string) => address.slice(0, address.lastIndexOf(":"));
  const here = workers.filter((address) => hostOf(address) === hostOf(workers[index]!));
  return Math.max(1, Math.floor(all / here.length));
}
