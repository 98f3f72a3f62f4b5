import * as tf from "@tensorflow/tfjs";
import type { RuntimeConfig } from "../tensorflow/mod.ts";

/** Where tensors live and operations run, the fastest first. */
export const backends = ["tensorflow", "wasm", "cpu"] as const;

/** One of {@linkcode backends}. */
export type Backend = typeof backends[number];

/** How to start the backend. */
export type BackendOptions = RuntimeConfig & {
  /** Told what happens while TensorFlow is fetched, one line at a time; by default shown on stderr. */
  log?: (line: string) => void;
};

/**
 * Chooses the backend for the whole program, once. `tensorflow` is found or fetched and then loaded; `wasm` and `cpu` are
 * TensorFlow.js's own, some times and some hundred times slower, and need nothing but their npm packages.
 *
 * @throws {Error} If the backend is not available: why, and what to do.
 */
export async function use(backend: Backend, options: BackendOptions = {}): Promise<void> {
  if (!tf.findBackendFactory(backend)) await starters[backend]?.(options);
  if (!tf.findBackendFactory(backend)) {
    throw new Error(`Cannot use the backend ${backend}: choose ${backends.join(", ")}`);
  }
  tf.env().set("PROD", true); // only silences the advice to install tfjs-node, which is what we stand in for
  if (!await tf.setBackend(backend)) {
    throw new Error(`Cannot use the backend ${backend}: it does not start (its words are above)`);
  }
  await tf.ready();
}

/** Which backend was started, and why it is not the first of them. */
export type Chosen = { backend: Backend; reason: string | null };

/**
 * Chooses the fastest backend that this machine has for the whole program: `tensorflow`, where that cannot be fetched or
 * loaded `wasm`, and `cpu` at the worst.
 *
 * @throws {Error} If there is none at all.
 */
export async function useFastest(options: BackendOptions = {}): Promise<Chosen> {
  const reasons: Error[] = [];
  for (const backend of backends) {
    try {
      await use(backend, options);
      return { backend, reason: reasons[0]?.message ?? null };
    } catch (error) {
      reasons.push(error as Error);
    }
  }
  throw reasons[0];
}

/** What brings a backend to TensorFlow.js that it does not come with. */
const starters: Partial<Record<Backend, (options: BackendOptions) => Promise<void>>> = {
  async tensorflow({ log, ...config }) {
    const { load } = await import("../tensorflow/mod.ts");
    await load({ log }, config);
  },
  async wasm() {
    const { startWasm } = await import("../wasm/mod.ts");
    await startWasm();
  },
};
