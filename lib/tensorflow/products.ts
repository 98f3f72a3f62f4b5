import * as tf from "@tensorflow/tfjs";
import type { Abilities } from "./abilities.ts";
import { attribute } from "./attribute.ts";
import type { TensorFlowBackend } from "./backend_type.ts";
import type { Binding, Metadata } from "./binding.ts";
import { dtypes } from "./dtype.ts";
import { cast, type Follower, fusedMatMul } from "./fused_mat_mul.ts";

const { float32, int32, bfloat16 } = dtypes;

/** The kernels of matrix products. */
export function productKernels(binding: Binding, abilities: Abilities): tf.KernelConfig[] {
  return [matMul(binding, abilities), fusedLinear(binding, abilities)];
}

/** `tf.matMul`. */
function matMul(binding: Binding, abilities: Abilities): tf.KernelConfig {
  return {
    kernelName: "BatchMatMul",
    backendName: "tensorflow",
    kernelFunc: ({ inputs, backend: anyBackend, attrs }) => {
      const { a, b } = inputs as { a: tf.Tensor; b: tf.Tensor };
      const { transposeA, transposeB } = attrs as Record<"transposeA" | "transposeB", boolean>;
      const backend = anyBackend as TensorFlowBackend;
      const plain = a.shape.length === 2 && b.shape.length === 2;
      const product: Product = (factors, type) =>
        binding.executeSingle(plain ? "MatMul" : "BatchMatMulV2", [
          attribute.type("T", type),
          attribute.bool(plain ? "transpose_a" : "adj_x", transposeA),
          attribute.bool(plain ? "transpose_b" : "adj_y", transposeB),
        ], factors);
      const factors = backend.getInputTensorIds([a, b]);
      return backend.createOutputTensor(
        a.dtype === "int32"
          ? product(factors, int32)
          : inTracedPrecision(binding, product, { factors, abilities }),
      );
    },
  };
}

/**
 * x weightᵀ + bias for rows, on request followed by GELU (with the error function), in one
 * operation for which TensorFlow.js has no name.
 */
function fusedLinear(binding: Binding, abilities: Abilities): tf.KernelConfig {
  return {
    kernelName: "FusedLinear",
    backendName: "tensorflow",
    kernelFunc: ({ inputs, backend: anyBackend, attrs }) => {
      const { x, weight, bias } = inputs as Record<"x" | "weight" | "bias", tf.TensorInfo>;
      const { gelu } = attrs as { gelu: boolean };
      // XLA has no such operation; it fuses by itself.
      const fuses = abilities.fusesBias && binding.tracedExecutor !== "xla";
      const low = binding.tracedPrecision === "bfloat16" && abilities.multipliesBfloat16;
      if (!fuses) return composed(x, weight, { bias, gelu, type: low ? bfloat16 : float32 });
      const fusesGelu = abilities.fusesGelu[low ? "bfloat16" : "float32"];
      const whole = gelu && binding.tracing && fusesGelu; // with GELU it exists in graphs only
      const followers: Follower[] = whole ? ["BiasAdd", "GeluExact"] : ["BiasAdd"];
      const backend = anyBackend as TensorFlowBackend;
      const factors = backend.getInputTensorIds([x, weight, bias]);
      const product: Product = (factors, type) =>
        fusedMatMul(binding, factors, { type, followers });
      const y = backend.createOutputTensor(
        inTracedPrecision(binding, product, { factors, abilities }),
      );
      return gelu && !whole ? exactGelu(y) : y;
    },
  };
}

/** Records or runs a product of factors of this element type. */
type Product = (factors: number[], type: number) => Metadata;

/**
 * A product of float32 factors in the precision of the function that is being traced. In bfloat16
 * the factors are rounded to it, products are accumulated in float32, and the result is rounded
 * once; other operations see it as float32 (see `RoundedValues`). A processor without bfloat16
 * multiplies the rounded factors as float32: that gives the same result, and TensorFlow's own way
 * takes ten times as long there.
 */
function inTracedPrecision(
  binding: Binding,
  product: Product,
  { factors, abilities }: { factors: number[]; abilities: Abilities },
): Metadata {
  if (binding.tracedPrecision !== "bfloat16") return product(factors, float32);
  if (abilities.multipliesBfloat16) return product(factors, bfloat16);
  const rounded = factors.map((id) => cast(binding, id, [float32, bfloat16]).id);
  return cast(binding, product(rounded, float32).id, [float32, bfloat16]);
}

/** The same by operations of their own, the bias added in the type of the product. */
function composed(
  x: tf.TensorInfo,
  weight: tf.TensorInfo,
  { bias, gelu, type }: { bias: tf.TensorInfo; gelu: boolean; type: number },
): tf.Tensor {
  const product = tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D, false, true);
  const backend = tf.backend() as TensorFlowBackend;
  const y = backend.executeSingleOutput("AddV2", [attribute.type("T", type)], [product, bias]);
  return gelu ? exactGelu(y) : y;
}

/** GELU with the error function (Hendrycks and Gimpel 2016), in five operations. */
function exactGelu(y: tf.Tensor): tf.Tensor {
  return tf.tidy(() => y.mul(y.mul(Math.SQRT1_2).erf().add(1).mul(0.5)));
}
