import * as tf from "@tensorflow/tfjs";
import { attributeTypes } from "./attribute.ts";
import type { TensorFlowBackend } from "./backend_type.ts";
import type { Binding, Metadata } from "./binding.ts";
import { dtypes } from "./dtype.ts";
import { cast, fusedMatMul, fusesGeluIn } from "./fused_mat_mul.ts";
import { silenceStderr } from "./system.ts";

const { float32, int32, bfloat16 } = dtypes;

/**
 * The kernels of matrix products. In a trace of bfloat16 the factors are rounded to it, products are added up in float32,
 * and the result is rounded once and handed on as float32, so that all other operations keep theirs. A processor without
 * bfloat16 multiplies the rounded factors as float32: that gives the same, and TensorFlow's own way there takes ten times
 * as long.
 */
export function products(binding: Binding): tf.KernelConfig[] {
  const gpu = binding.isUsingGpuDevice();
  // oneDNN writes what it lacks, whatever the log level.
  using _quiet = silenceStderr();
  const fusesGelu = new Set(
    gpu ? [] : [float32, bfloat16].filter((type) => fusesGeluIn(binding, type)),
  );
  const multipliesLow = gpu || fusesGelu.has(bfloat16);

  /** Runs a product of float32 factors in the precision that is asked for. */
  function inPrecision(
    ids: number[],
    product: (type: number, ids: number[]) => Metadata,
  ): Metadata {
    if (binding.tracedPrecision === "float32") return product(float32, ids);
    const low = ids.map((id) => cast(binding, id, [float32, bfloat16]).id);
    if (multipliesLow) return cast(binding, product(bfloat16, low).id, [bfloat16, float32]);
    const rounded = low.map((id) => cast(binding, id, [bfloat16, float32]).id);
    const { id } = cast(binding, product(float32, rounded).id, [float32, bfloat16]);
    return cast(binding, id, [bfloat16, float32]);
  }

  /** `tf.matMul`. */
  const matMul: tf.KernelConfig = {
    kernelName: "BatchMatMul",
    backendName: "tensorflow",
    kernelFunc: ({ inputs, backend: anyBackend, attrs }) => {
      const { a, b } = inputs as { a: tf.Tensor; b: tf.Tensor };
      const { transposeA, transposeB } = attrs as unknown as Record<string, boolean>;
      const backend = anyBackend as TensorFlowBackend;
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
      return backend.createOutputTensor(
        a.dtype === "int32" ? product(int32, factors) : inPrecision(factors, product),
      );
    },
  };

  /**
   * x weightᵀ + bias for rows, and on request GELU (with the error function) of it, in one operation for which
   * TensorFlow.js has no name.
   */
  const fusedLinear: tf.KernelConfig = {
    kernelName: "FusedLinear",
    backendName: "tensorflow",
    kernelFunc: ({ inputs, backend: anyBackend, attrs }) => {
      const { x, weight, bias } = inputs as Record<string, tf.TensorInfo>;
      const { gelu } = attrs as unknown as { gelu: boolean };
      const backend = anyBackend as TensorFlowBackend;
      if (binding.tracedExecutor === "xla") return composed(x, weight, { bias, gelu }); // it fuses by itself
      const type = binding.tracedPrecision === "bfloat16" && multipliesLow ? bfloat16 : float32;
      const whole = gelu && fusesGelu.has(type) && binding.tracing; // eagerly there is none with GELU
      const ops = whole ? ["BiasAdd", "GeluExact"] : ["BiasAdd"];
      const y = backend.createOutputTensor(
        inPrecision(
          backend.getInputTensorIds([x, weight, bias]),
          (type, ids) => fusedMatMul(binding, ids, { type, ops }),
        ),
      );
      return gelu && !whole ? exactGelu(y) : y;
    },
  };

  return [matMul, fusedLinear];
}

function composed(
  x: tf.TensorInfo,
  weight: tf.TensorInfo,
  { bias, gelu }: { bias: tf.TensorInfo; gelu: boolean },
): tf.Tensor {
  const product = tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D, false, true);
  const y = product.add(bias as tf.Tensor1D);
  return gelu ? exactGelu(y) : y;
}

function exactGelu(y: tf.Tensor): tf.Tensor {
  return tf.tidy(() => y.mul(y.mul(Math.SQRT1_2).erf().add(1).mul(0.5)));
}
