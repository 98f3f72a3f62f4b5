import * as tf from "@tensorflow/tfjs";
import type { RuntimeConfig } from "../tensorflow/mod.ts";

/** Where tensors live and operations run. */
export type Backend = "tensorflow" | "cpu";

/** How to start the backend. */
export type BackendOptions = RuntimeConfig & {
  /** Told what happens while TensorFlow is fetched, one line at a time; by default shown on stderr. */
  log?: (line: string) => void;
};

/**
 * Chooses the backend for the whole program, once. `tensorflow` is found or fetched and then loaded; `cpu` is
 * TensorFlow.js's own, slow, and needs nothing.
 *
 * @throws {Error} If the backend is not available: why, and what to do.
 */
export async function use(
  backend: Backend,
  { log, ...config }: BackendOptions = {},
): Promise<void> {
  if (backend === "tensorflow" && !tf.findBackendFactory("tensorflow")) {
    const { install, start } = await import("../tensorflow/mod.ts");
    await start(await install({ log }), config);
  }
  if (!tf.findBackendFactory(backend)) {
    throw new Error(`Cannot use the backend ${backend}: choose tensorflow or cpu`);
  }
  tf.env().set("PROD", true); // only silences the advice to install tfjs-node, which is what we stand in for
  await tf.setBackend(backend);
  await tf.ready();
}
