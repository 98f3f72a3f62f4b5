import {
  type Backend,
  type BackendOptions,
  backends,
  currentBackend,
  use,
  useFastest,
} from "../compile/mod.ts";
import { type Observer, silent } from "./observer.ts";

/** How a backend is started. */
export type StartOptions = BackendOptions & {
  /** What else changes where it is not TensorFlow, for the line that says so. */
  instead?: string;
  observer?: Observer;
};

/**
 * Starts a backend. Where none was requested and the program has not chosen one, it is TensorFlow,
 * or else what this machine can run: then one line says why and what to do about it.
 *
 * @throws {Error} If the backend that was requested cannot be started.
 */
export async function startBackend(
  requested: Backend | null,
  { instead, observer = silent, ...rest }: StartOptions = {},
): Promise<Backend> {
  const options = {
    log: (line: string) => observer.tell(line),
    compiling: observer.compiling?.bind(observer),
    ...rest,
  };
  const named = requested ?? (rest.device === undefined ? null : "tensorflow");
  if (named) {
    await use(named, options);
    return named;
  }
  const current = backends.find((backend) => backend === currentBackend());
  if (current) return current; // the program has chosen it
  const { backend, reason } = await useFastest(options);
  if (reason !== null) {
    const smaller = instead ? `, ${instead}` : "";
    observer.tell(`${reason}. Continuing without it, on the slower backend ${backend}${smaller}`);
  }
  return backend;
}
