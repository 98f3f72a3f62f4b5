import type * as tf from "@tensorflow/tfjs";
import { attribute } from "./attribute.ts";
import type { TensorFlowBackend } from "./backend_type.ts";
import type { Binding, Metadata } from "./binding.ts";
import { dtypes } from "./dtype.ts";
import { cast } from "./fused_mat_mul.ts";
import type { TracedFunction } from "./trace.ts";

const { float32, int32, uint8 } = dtypes;

/** Images as bytes, and the mean and the deviation of each channel on a scale of 0 to 1. */
type Pixels = {
  bytes: Uint8Array<ArrayBuffer>;
  /** Channels are last. */
  shape: number[];
  mean: readonly number[];
  deviation: readonly number[];
};

/**
 * (byte / 255 - mean) / deviation in float32. TensorFlow.js has neither a name for it nor a type
 * for bytes: they are an attribute, go to the device as they are, and become numbers there.
 */
export function normalizePixels(binding: Binding): tf.KernelConfig {
  const functions = new Map<string, TracedFunction>();
  return {
    kernelName: "NormalizePixels",
    backendName: "tensorflow",
    kernelFunc: ({ attrs, backend }) => {
      const pixels = attrs as unknown as Pixels;
      const key = `${pixels.shape}/${pixels.mean}/${pixels.deviation}`;
      const traced = functions.get(key) ?? traceNormalization(binding, pixels, functions.size);
      functions.set(key, traced);
      const id = binding.createTensor(pixels.shape, uint8, pixels.bytes);
      try {
        const [result] = binding.call(traced, [id], "graph");
        return (backend as TensorFlowBackend).createOutputTensor(result!);
      } finally {
        binding.deleteTensor(id);
      }
    },
  };
}

/**
 * One function, since each operation by itself would fill another array of numbers. It works on
 * whole rows of pixels: processors are slow at repeating three numbers.
 */
function traceNormalization(
  binding: Binding,
  { shape, mean, deviation }: Pixels,
  number: number,
): TracedFunction {
  const [width = 0, channels = 0] = shape.slice(-2);
  const row = (values: readonly number[]) => Array.from({ length: width }, () => values).flat();
  return binding.trace(`normalize_pixels_${number}`, [{ shape, dtype: uint8 }], ([bytes]) => {
    const floats = cast(binding, bytes!.id, [uint8, float32]);
    let x = reshape(binding, floats, [-1, width * channels]);
    x = withConstant(binding, "RealDiv", [x, [255]]);
    x = withConstant(binding, "Sub", [x, row(mean)]);
    x = withConstant(binding, "RealDiv", [x, row(deviation)]);
    return [reshape(binding, x, shape).id];
  });
}

function reshape(binding: Binding, x: Metadata, shape: readonly number[]): Metadata {
  const sizes = binding.createTensor([shape.length], int32, shape);
  try {
    const attributes = [attribute.type("T", float32), attribute.type("Tshape", int32)];
    return binding.executeSingle("Reshape", attributes, [x.id, sizes]);
  } finally {
    binding.deleteTensor(sizes);
  }
}

/** An operation on a value and numbers that are the same for all rows. */
function withConstant(
  binding: Binding,
  operation: string,
  [x, values]: [Metadata, readonly number[]],
): Metadata {
  const constant = binding.createTensor([values.length], float32, values);
  try {
    return binding.executeSingle(operation, [attribute.type("T", float32)], [x.id, constant]);
  } finally {
    binding.deleteTensor(constant);
  }
}
