import * as tf from "@tensorflow/tfjs";
import type { CompilerReports, RuntimeConfig } from "../tensorflow/mod.ts";

/** Where tensors live and operations run, the fastest first. */
export const backends = ["tensorflow", "wasm", "cpu"] as const;

/** One of {@linkcode backends}. */
export type Backend = typeof backends[number];

/** How to start the backend. */
export type BackendOptions = Omit<RuntimeConfig, "device"> & {
  /**
   * What TensorFlow computes on: `cpu`, or `gpu:N`, the N-th GPU that `CUDA_VISIBLE_DEVICES` leaves
   * visible, or `gpu` for the first. By default the first GPU if it works, else the processor.
   */
  device?: string;
  /**
   * Receives messages while TensorFlow is fetched and started, and later where XLA refuses a
   * function, one line at a time; by default they go to stderr.
   */
  log?: (line: string) => void;
} & Pick<CompilerReports, "compiling">;

/**
 * Chooses the backend for the whole program, once. `tensorflow` is located or fetched, and then
 * loaded; `wasm` and `cpu` are TensorFlow.js's own, several times and several hundred times slower,
 * and need nothing but their npm packages.
 *
 * @throws {Error} If the backend is not available, or if tensors live on another one, which compiled
 * functions could not follow: why, and what to do.
 */
export async function use(backend: Backend, options: BackendOptions = {}): Promise<void> {
  await register(backend, options);
  refuseAmongTensors(backend);
  await activate(backend);
}

/**
 * Does what {@linkcode use} does, even while tensors live on another backend: for tests that compare
 * backends.
 */
export async function switchBackend(backend: Backend, options: BackendOptions = {}): Promise<void> {
  await register(backend, options);
  await activate(backend);
}

/** What is said where a switch would leave tensors behind. */
class LivingTensors extends Error {}

async function register(backend: Backend, options: BackendOptions): Promise<void> {
  if (!tf.findBackendFactory(backend)) await starters[backend]?.(options);
  if (!tf.findBackendFactory(backend)) {
    throw new Error(`Cannot use the backend ${backend}: choose ${backends.join(", ")}`);
  }
}

function refuseAmongTensors(backend: Backend): void {
  const current = currentBackend();
  if (current === undefined || current === backend) return; // without one, memory() starts one
  const { numTensors } = tf.memory();
  if (numTensors === 0) return;
  const live = numTensors === 1 ? "1 tensor lives" : `${numTensors} tensors live`;
  throw new LivingTensors(
    `Cannot switch from the backend ${current} to ${backend}: ${live} on ${current}; dispose of ` +
      "all tensors before, or call `use` first in a new process (in a notebook, restart the kernel)",
  );
}

async function activate(backend: Backend): Promise<void> {
  tf.env().set("PROD", true); // silences the advice to install tfjs-node, and nothing else
  if (!await tf.setBackend(backend)) {
    throw new Error(
      `Cannot use the backend ${backend}: it does not start (see its messages above)`,
    );
  }
  await tf.ready();
}

/** The backend that was chosen, by this library or TensorFlow.js itself; `undefined` before. */
export function currentBackend(): string | undefined {
  return tf.engine().backendName || undefined;
}

/**
 * Starts the fastest backend, unless one was chosen before, and says so: what a program needs that
 * does not choose.
 */
export async function ensureBackend(): Promise<void> {
  if (currentBackend() !== undefined) return;
  const { backend } = await useFastest();
  console.error(`note: no backend was chosen, so ${backend} computes; \`use\` chooses another`);
}

/**
 * Says, unless a backend was chosen before, that the slowest one computes: what a function needs that
 * makes tensors at once, and cannot wait for another one to start.
 */
export function noteSlowBackend(): void {
  if (currentBackend() !== undefined) return;
  console.error(
    "note: no backend was chosen, so cpu computes, several hundred times slower than the others; " +
      "begin with `await useFastest()` or `use`",
  );
  tf.env().set("PROD", true); // silences the advice to install tfjs-node
  tf.engine().backend; // starts it
}

/**
 * The backend that was started; the reason says why it is not the first of {@linkcode backends}.
 */
export type Chosen = { backend: Backend; reason: string | null };

/**
 * Chooses the fastest backend of this machine for the whole program: `tensorflow`; `wasm` where
 * that cannot be fetched or loaded; and `cpu` at worst.
 *
 * @throws {Error} If none starts: why the first does not; or as {@linkcode use} does among living
 * tensors.
 */
export async function useFastest(options: BackendOptions = {}): Promise<Chosen> {
  const reasons: Error[] = [];
  for (const backend of backends) {
    try {
      await use(backend, options);
      return { backend, reason: reasons[0]?.message ?? null };
    } catch (error) {
      if (error instanceof LivingTensors) throw error;
      reasons.push(error as Error);
    }
  }
  throw reasons[0];
}

/** What registers a backend that is not part of TensorFlow.js. */
const starters: Partial<Record<Backend, (options: BackendOptions) => Promise<void>>> = {
  async tensorflow({ log, compiling, device, ...config }) {
    const { load, parseDevice } = await import("../tensorflow/mod.ts");
    await load({ log, compiling }, {
      ...config,
      ...device !== undefined && { device: parseDevice(device) },
    });
  },
  async wasm() {
    const { startWasm } = await import("../wasm/mod.ts");
    await startWasm();
  },
};
