import type * as tf from "@tensorflow/tfjs";

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

/** A kernel as a function of its inputs, which have these names. */
export type Kernel<Inputs extends string> = (
  inputs: Record<Inputs, tf.TensorInfo>,
  attrs: Record<string, unknown>,
) => tf.TensorInfo;

/** A kernel of ours, made from the one that the backend has under its name. */
export type Replacement<Inputs extends string> = {
  name: "BatchMatMul" | "GatherV2" | "Transpose";
  make: (backend: WasmBackend, native: Kernel<Inputs>) => Kernel<Inputs>;
};
