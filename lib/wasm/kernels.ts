import * as tf from "@tensorflow/tfjs";
import { gather } from "./gather.ts";
import { matMul } from "./mat_mul.ts";
import type { Kernel, WasmBackend } from "./replacement.ts";
import { transpose } from "./transpose.ts";

/** Registers our kernels in place of the backend's, on which most of them build. */
export function replaceKernels(): void {
  for (const { name, make } of [gather, matMul, transpose]) {
    const native = tf.getKernel(name, "wasm");
    tf.unregisterKernel(name, "wasm");
    let kernel: Kernel;
    tf.registerKernel({
      ...native,
      setupFunc: (backend) => {
        native.setupFunc?.(backend);
        const plain: Kernel = (inputs, attrs) =>
          native.kernelFunc({ inputs, attrs: attrs as tf.NamedAttrMap, backend }) as tf.TensorInfo;
        kernel = make(backend as WasmBackend, plain);
      },
      kernelFunc: ({ inputs, attrs }) =>
        kernel(inputs as Record<string, tf.TensorInfo>, attrs as Record<string, unknown>),
    });
  }
}
