import * as tf from "@tensorflow/tfjs";
import { attributeTypes } from "./attribute.ts";
import { dtypes } from "./dtype.ts";
import type { TensorFlowBackend } from "./backend_type.ts";
import type { Binding } from "./binding.ts";
import { convolutionGradients } from "./convolutions.ts";
import { products } from "./products.ts";

/**
 * `tf.gather` without tfjs-node's own check of every index, which reads the indices back: that stalls the program and
 * cannot be traced. TensorFlow checks them itself.
 */
const gather: tf.KernelConfig = {
  kernelName: "GatherV2",
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { x, indices } = inputs as { x: tf.Tensor; indices: tf.Tensor };
    const { axis, batchDims } = attrs as unknown as { axis: number; batchDims: number };
    const { float32, int32, bool } = dtypes;
    const type = { float32, int32, bool }[x.dtype as "float32" | "int32" | "bool"];
    const axisTensor = tf.scalar(axis, "int32");
    try {
      return (backend as TensorFlowBackend).executeSingleOutput("GatherV2", [
        { name: "batch_dims", type: attributeTypes.int, value: batchDims },
        { name: "Tparams", type: attributeTypes.type, value: type },
        { name: "Tindices", type: attributeTypes.type, value: dtypes.int32 },
        { name: "Taxis", type: attributeTypes.type, value: dtypes.int32 },
      ], [x, indices, axisTensor]);
    } finally {
      axisTensor.dispose();
    }
  },
};

/** ‖x‖₂ along some axes in one operation, for which TensorFlow.js has no name. */
const euclideanNorm: tf.KernelConfig = {
  kernelName: "EuclideanNorm",
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend: anyBackend, attrs }) => {
    const { axes, keepDims } = attrs as unknown as { axes: number[]; keepDims: boolean };
    const backend = anyBackend as TensorFlowBackend;
    if (backend.binding.tracedExecutor === "xla") { // which does not know it
      return tf.tidy(() => tf.sqrt(tf.sum(tf.square(inputs.x as tf.Tensor), axes, keepDims)));
    }
    const axisTensor = tf.tensor1d(axes, "int32");
    try {
      return backend.executeSingleOutput("EuclideanNorm", [
        { name: "keep_dims", type: attributeTypes.bool, value: keepDims },
        { name: "T", type: attributeTypes.type, value: dtypes.float32 },
        { name: "Tidx", type: attributeTypes.type, value: dtypes.int32 },
      ], [inputs.x!, axisTensor]);
    } finally {
      axisTensor.dispose();
    }
  },
};

/** Registers our kernels beside tfjs-node's, or in their place. */
export function replaceKernels(binding: Binding): void {
  for (const kernel of [gather, euclideanNorm, ...convolutionGradients, ...products(binding)]) {
    if (tf.getKernel(kernel.kernelName, kernel.backendName)) {
      tf.unregisterKernel(kernel.kernelName, kernel.backendName);
    }
    tf.registerKernel(kernel);
  }
}
