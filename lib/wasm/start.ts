import * as tf from "@tensorflow/tfjs";
import { replaceKernels } from "./kernels.ts";

/**
 * Registers the TensorFlow.js backend `wasm`; does not choose it. Its binaries are read from the
 * npm package. It uses SIMD and one thread: the threaded binary starts its threads in a way that
 * Deno does not support.
 *
 * @throws {Error} If the processor or Deno knows no SIMD instructions for WebAssembly.
 */
export async function startWasm(): Promise<void> {
  await import("@tensorflow/tfjs-backend-wasm");
  if (!await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT")) {
    throw new Error(
      "Cannot use the backend wasm: this processor has no SIMD for WebAssembly; the backend cpu " +
        "needs none",
    );
  }
  replaceKernels();
}
