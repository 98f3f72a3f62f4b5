import * as tf from "@tensorflow/tfjs";
import { gather } from "./gather.ts";
import { matMul } from "./mat_mul.ts";
import type { Kernel, Replacement, WasmBackend } from "./replacement.ts";
import { transpose } from "./transpose.ts";

/** Registers our kernels in place of the backend's, on which most of them build. */
export function replaceKernels(): void {
  replace(gather);
  replace(matMul);
  replace(transpose);
}

function replace<Inputs extends string>({ name, make }: Replacement<Inputs>): void {
  const native = tf.getKernel(name, "wasm");
  tf.unregisterKernel(name, "wasm");
  let kernel: Kernel<Inputs>;
  tf.registerKernel({
    ...native,
    setupFunc: (backend) => {
      native.setupFunc?.(backend);
      const plain: Kernel<Inputs> = (inputs, attrs) =>
        native.kernelFunc({ inputs, attrs: attrs as tf.NamedAttrMap, backend }) as tf.TensorInfo;
      kernel = make(backend as WasmBackend, plain);
    },
    kernelFunc: ({ inputs, attrs }) =>
      kernel(inputs as Record<Inputs, tf.TensorInfo>, attrs as Record<string, unknown>),
  });
}
