import * as tf from "@tensorflow/tfjs";
import { attribute } from "./attribute.ts";
import type { TensorFlowBackend } from "./backend_type.ts";
import { dtypes } from "./dtype.ts";

/**
 * Batch normalization of images by their own statistics, in one operation for which TensorFlow.js
 * has no name. It gives the normalized images, the mean and the unbiased variance of each channel,
 * and two tensors that its gradient takes.
 */
const trainBatchNorm: tf.KernelConfig = {
  kernelName: "TrainBatchNorm",
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { x, weight, bias } = inputs as Record<"x" | "weight" | "bias", tf.TensorInfo>;
    const none = tf.tensor1d([], "float32"); // in place of running statistics
    try {
      const operands = [x, weight, bias, none, none];
      return normalization("FusedBatchNormV2", operands, { backend, attrs });
    } finally {
      none.dispose();
    }
  },
};

/** Its gradients: of the images, the scale and the shift. */
const trainBatchNormGradient: tf.KernelConfig = {
  kernelName: "TrainBatchNormGrad",
  backendName: "tensorflow",
  kernelFunc: ({ inputs, ...context }) => {
    const { dy, x, weight, first, second } = inputs as Record<string, tf.TensorInfo>;
    const operands = [dy!, x!, weight!, first!, second!];
    const [dx, scale, shift, ...empty] = normalization("FusedBatchNormGradV2", operands, context);
    for (const tensor of empty) tensor.dispose();
    return [dx!, scale!, shift!];
  },
};

function normalization(
  operation: string,
  operands: tf.TensorInfo[],
  { backend: anyBackend, attrs }: Pick<Parameters<tf.KernelFunc>[0], "backend" | "attrs">,
): tf.Tensor[] {
  const backend = anyBackend as TensorFlowBackend;
  const { epsilon } = attrs as { epsilon: number };
  const results = backend.binding.executeOp(
    operation,
    [
      attribute.type("T", dtypes.float32),
      attribute.type("U", dtypes.float32),
      attribute.float("epsilon", epsilon),
      attribute.string("data_format", "NHWC"),
      attribute.bool("is_training", true),
    ],
    backend.getInputTensorIds(operands),
    5,
  );
  return results.map((result) => backend.createOutputTensor(result));
}

/** The gradient of `tf.relu` from its result, in one operation without a name in TensorFlow.js. */
const reluGradient: tf.KernelConfig = {
  kernelName: "ReluGrad",
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend }) => {
    const { dy, y } = inputs as Record<"dy" | "y", tf.TensorInfo>;
    const attributes = [attribute.type("T", dtypes.float32)];
    return (backend as TensorFlowBackend).executeSingleOutput("ReluGrad", attributes, [dy, y]);
  },
};

/** Kernels for the training of residual networks. */
export const trainingKernels = [trainBatchNorm, trainBatchNormGradient, reluGradient];
