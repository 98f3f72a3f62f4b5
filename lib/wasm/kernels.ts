import * as tf from "@tensorflow/tfjs";
import { gather } from "./gather.ts";
import { matMul } from "./mat_mul.ts";
import { transpose } from "./transpose.ts";

/** What we use of the backend's class `BackendWasm`. */
export type WasmBackend = tf.KernelBackend & {
  wasm: {
    HEAPU8: Uint8Array<ArrayBuffer>;
    cwrap(name: string, result: null, parameters: string[]): (...args: unknown[]) => void;
    tfjs: {
      registerTensor(id: number, size: number, memoryOffset: number): void;
      disposeData(id: number): void;
    };
  };
  dataIdMap: { get(dataId: object): { id: number; memoryOffset: number } };
  dataIdNextNumber: number;
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
};

/** A kernel as a function of its inputs. */
export type Kernel = (
  inputs: Record<string, tf.TensorInfo>,
  attrs: Record<string, unknown>,
) => tf.TensorInfo;

/** A kernel of ours: what the backend has under its name is passed in. */
export type Replacement = {
  name: "BatchMatMul" | "GatherV2" | "Transpose";
  make: (backend: WasmBackend, native: Kernel) => Kernel;
};

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
