import type { Backend, BackendOptions } from "../compile/mod.ts";
import { say } from "../cli/mod.ts";

/**
 * Starts the backend that was asked for. Where none was, it is TensorFlow, or else what this machine can run: then one line
 * says why and what to do about it.
 *
 * @param options `instead`: what else changes where it is not TensorFlow, for that line.
 * @throws {Error} If the backend that was asked for cannot be started.
 */
export async function startBackend(
  asked: Backend | null,
  { instead, ...options }: BackendOptions & { instead?: string } = {},
): Promise<Backend> {
  const { use, useFastest } = await import("../compile/mod.ts");
  if (asked) {
    await use(asked, options);
    return asked;
  }
  const { backend, reason } = await useFastest(options);
  if (reason !== null) {
    const smaller = instead ? `, ${instead}` : "";
    say(`${reason}. Going on without it, on the slower backend ${backend}${smaller}`);
  }
  return backend;
}
