import * as tf from "@tensorflow/tfjs";
import type { Named } from "../tree/mod.ts";
import type { StoredValues } from "./dtype.ts";
import type { Pending, Stored } from "./stored.ts";

/** Stored tensors as tensors: floating-point ones as float32, whole ones as int32, BOOL as bool. */
export function toTensors(stored: Record<string, Stored>): Named {
  return Object.fromEntries(
    Object.entries(stored).map(([name, tensor]) => [name, toTensor(tensor)]),
  );
}

/** A stored tensor as one. */
export function toTensor({ dtype, shape, data }: Stored): tf.Tensor {
  if (dtype === "BOOL") return tf.tensor(data as Uint8Array, shape, "bool");
  if (/F/.test(dtype)) {
    const values = data instanceof Float32Array ? data : Float32Array.from(data as Float64Array);
    return tf.tensor(values, shape, "float32");
  }
  return tf.tensor(wholes(data), shape, "int32");
}

function wholes(data: StoredValues): Int32Array {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    return Int32Array.from(data as BigInt64Array, Number);
  }
  return data instanceof Int32Array ? data : Int32Array.from(data as Uint8Array);
}

/** Tensors as they are stored, each read when its turn comes. */
export function fromTensors(named: Named): Record<string, Pending> {
  const entries = Object.entries(named).map(([name, tensor]) => {
    const dtype = ({ float32: "F32", int32: "I32", bool: "BOOL" } as const)[
      tensor.dtype as "float32" | "int32" | "bool"
    ];
    if (!dtype) throw new TypeError(`Cannot store "${name}": its values are ${tensor.dtype}`);
    const read = () => tensor.data() as Promise<Float32Array | Int32Array | Uint8Array>;
    return [name, { dtype, shape: tensor.shape, read }] as const;
  });
  return Object.fromEntries(entries);
}
