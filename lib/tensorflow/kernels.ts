import * as tf from "@tensorflow/tfjs";
import { attributeTypes } from "./attribute.ts";
import { dtypes } from "./dtype.ts";
import type { TensorFlowBackend } from "./backend.ts";
import type { Binding, Metadata } from "./binding.ts";

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

/**
 * `tf.matMul`, also in the precision that is asked for while a function is traced: bfloat16 products of bfloat16
 * factors, added up in float32 by the processor and handed on as float32, so that all other operations keep theirs.
 */
const matMul: tf.KernelConfig = {
  kernelName: "BatchMatMul",
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend: anyBackend, attrs }) => {
    const { a, b } = inputs as { a: tf.Tensor; b: tf.Tensor };
    const { transposeA, transposeB } = attrs as unknown as Record<string, boolean>;
    const backend = anyBackend as TensorFlowBackend;
    const { binding } = backend;
    const plain = a.shape.length === 2 && b.shape.length === 2;
    const name = plain ? "MatMul" : "BatchMatMulV2";
    const [first, second] = plain ? ["transpose_a", "transpose_b"] : ["adj_x", "adj_y"];
    const product = (type: number, factors: number[]) =>
      binding.executeOp(
        name,
        [
          { name: "T", type: attributeTypes.type, value: type },
          { name: first, type: attributeTypes.bool, value: transposeA },
          { name: second, type: attributeTypes.bool, value: transposeB },
        ],
        factors,
        1,
      )[0];
    const factors = backend.getInputTensorIds([a, b]);
    const { float32, int32, bfloat16 } = dtypes;
    if (a.dtype === "float32" && binding.tracedPrecision === "bfloat16") {
      const low = factors.map((id) => cast(binding, id, [float32, bfloat16]).id);
      const { id } = product(bfloat16, low);
      return backend.createOutputTensor(cast(binding, id, [bfloat16, float32]));
    }
    return backend.createOutputTensor(product(a.dtype === "int32" ? int32 : float32, factors));
  },
};

/** ‖x‖₂ along some axes in one operation, for which TensorFlow.js has no name. */
const euclideanNorm: tf.KernelConfig = {
  kernelName: "EuclideanNorm",
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { axes, keepDims } = attrs as unknown as { axes: number[]; keepDims: boolean };
    const axisTensor = tf.tensor1d(axes, "int32");
    try {
      return (backend as TensorFlowBackend).executeSingleOutput("EuclideanNorm", [
        { name: "keep_dims", type: attributeTypes.bool, value: keepDims },
        { name: "T", type: attributeTypes.type, value: dtypes.float32 },
        { name: "Tidx", type: attributeTypes.type, value: dtypes.int32 },
      ], [inputs.x!, axisTensor]);
    } finally {
      axisTensor.dispose();
    }
  },
};

/**
 * x weightᵀ + bias for rows, and on request GELU (with the error function) of it, in one operation for which TensorFlow.js
 * has no name. In a trace of bfloat16 the rows and the weight are rounded to it, and the result once.
 */
const fusedLinear: tf.KernelConfig = {
  kernelName: "FusedLinear",
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend: anyBackend, attrs }) => {
    const { x, weight, bias } = inputs as Record<string, tf.TensorInfo>;
    const { gelu } = attrs as unknown as { gelu: boolean };
    const backend = anyBackend as TensorFlowBackend;
    const { binding } = backend;
    const { float32, bfloat16 } = dtypes;
    // Eagerly there is no such operation with GELU, and on GPUs not for all sizes.
    const whole = gelu && binding.tracing && !binding.isUsingGpuDevice();
    const low = binding.tracedPrecision === "bfloat16";
    const given = backend.getInputTensorIds([x, weight, bias]);
    const ids = low ? given.map((id) => cast(binding, id, [float32, bfloat16]).id) : given;
    const [made] = binding.executeOp(
      "_FusedMatMul",
      [
        { name: "T", type: attributeTypes.type, value: low ? bfloat16 : float32 },
        { name: "transpose_a", type: attributeTypes.bool, value: false },
        { name: "transpose_b", type: attributeTypes.bool, value: true },
        { name: "num_args", type: attributeTypes.int, value: 1 },
        {
          name: "fused_ops",
          type: attributeTypes.string,
          value: whole ? ["BiasAdd", "GeluExact"] : ["BiasAdd"],
        },
      ],
      ids,
      1,
    );
    const y = backend.createOutputTensor(
      low ? cast(binding, made.id, [bfloat16, float32]) : made,
    );
    if (!gelu || whole) return y;
    return tf.tidy(() => y.mul(y.mul(Math.SQRT1_2).erf().add(1).mul(0.5)));
  },
};

function cast(binding: Binding, id: number, [from, to]: [number, number]): Metadata {
  return binding.executeOp(
    "Cast",
    [
      { name: "SrcT", type: attributeTypes.type, value: from },
      { name: "DstT", type: attributeTypes.type, value: to },
      { name: "Truncate", type: attributeTypes.bool, value: false },
    ],
    [id],
    1,
  )[0];
}

/** Registers our kernels beside tfjs-node's, or in their place. */
export function replaceKernels(): void {
  for (const kernel of [gather, matMul, euclideanNorm, fusedLinear]) {
    if (tf.getKernel(kernel.kernelName, kernel.backendName)) {
      tf.unregisterKernel(kernel.kernelName, kernel.backendName);
    }
    tf.registerKernel(kernel);
  }
}
