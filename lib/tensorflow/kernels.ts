import * as tf from "@tensorflow/tfjs";
import type { Abilities } from "./abilities.ts";
import { attribute } from "./attribute.ts";
import type { TensorFlowBackend } from "./backend_type.ts";
import type { Binding } from "./binding.ts";
import { collectiveKernels } from "./collectives.ts";
import { convolutionGradients } from "./convolutions.ts";
import { dtypes, typeNumber } from "./dtype.ts";
import { normalizePixels } from "./pixels.ts";
import { productKernels } from "./products.ts";
import { trainingKernels } from "./training_kernels.ts";

/**
 * `tf.gather` without tfjs-node's own check of every index, which reads the indices back: that
 * stalls the program and cannot be traced. TensorFlow checks them itself.
 */
const gather: tf.KernelConfig = {
  kernelName: "GatherV2",
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { x, indices } = inputs as { x: tf.Tensor; indices: tf.Tensor };
    const { axis, batchDims } = attrs as { axis: number; batchDims: number };
    const { float32, int32, bool } = dtypes;
    const type = { float32, int32, bool }[x.dtype as "float32" | "int32" | "bool"];
    const axisTensor = tf.scalar(axis, "int32");
    try {
      return (backend as TensorFlowBackend).executeSingleOutput("GatherV2", [
        attribute.int("batch_dims", batchDims),
        attribute.type("Tparams", type),
        attribute.type("Tindices", int32),
        attribute.type("Taxis", int32),
      ], [x, indices, axisTensor]);
    } finally {
      axisTensor.dispose();
    }
  },
};

/** `tf.cast`, without an operation where the type stays: tfjs-node has one before every mean. */
const cast: tf.KernelConfig = {
  kernelName: "Cast",
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend: anyBackend, attrs }) => {
    const { x } = inputs as { x: tf.TensorInfo };
    const { dtype } = attrs as { dtype: tf.DataType };
    const backend = anyBackend as TensorFlowBackend;
    if (dtype === x.dtype) {
      backend.incRef(x.dataId);
      return { dataId: x.dataId, shape: x.shape, dtype };
    }
    return backend.executeSingleOutput("Cast", [
      attribute.type("SrcT", typeNumber(x.dtype)),
      attribute.type("DstT", typeNumber(dtype)),
      attribute.bool("Truncate", false),
    ], [x]);
  },
};

/** A tensor as it is, which in a trace waits for another one; TensorFlow.js has no name for it. */
const after: tf.KernelConfig = {
  kernelName: "After",
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend }) => {
    const { x, other } = inputs as { x: tf.Tensor; other: tf.Tensor };
    return (backend as TensorFlowBackend).after(x, [other]);
  },
};

/** ‖x‖₂ along some axes in one operation, for which TensorFlow.js has no name. */
const euclideanNorm: tf.KernelConfig = {
  kernelName: "EuclideanNorm",
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend: anyBackend, attrs }) => {
    const { x } = inputs as { x: tf.Tensor };
    const { axes, keepDims } = attrs as { axes: number[]; keepDims: boolean };
    const backend = anyBackend as TensorFlowBackend;
    if (backend.binding.tracedExecutor === "xla") { // which does not have it
      return tf.tidy(() => tf.sqrt(tf.sum(tf.square(x), axes, keepDims)));
    }
    const axisTensor = tf.tensor1d(axes, "int32");
    try {
      return backend.executeSingleOutput("EuclideanNorm", [
        attribute.bool("keep_dims", keepDims),
        attribute.type("T", dtypes.float32),
        attribute.type("Tidx", dtypes.int32),
      ], [x, axisTensor]);
    } finally {
      axisTensor.dispose();
    }
  },
};

/** Registers our kernels beside tfjs-node's, or in their place. */
export function registerKernels(binding: Binding, abilities: Abilities): void {
  const kernels = [
    gather,
    cast,
    after,
    euclideanNorm,
    ...trainingKernels,
    ...convolutionGradients,
    ...productKernels(binding, abilities),
    normalizePixels(binding),
    ...binding.cluster ? collectiveKernels(binding.cluster) : [],
  ];
  for (const kernel of kernels) {
    if (tf.getKernel(kernel.kernelName, kernel.backendName)) {
      tf.unregisterKernel(kernel.kernelName, kernel.backendName);
    }
    tf.registerKernel(kernel);
  }
}
