import * as tf from "@tensorflow/tfjs";

/** Where tensors live and operations run. */
export type Backend = "tensorflow" | "wasm" | "cpu";

/** Chooses the backend for the whole program. Placeholder until `lib/tensorflow` lands. */
export async function use(backend: Backend): Promise<void> {
  await tf.setBackend(backend);
  await tf.ready();
}
