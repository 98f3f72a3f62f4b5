import * as tf from "@tensorflow/tfjs";
import type { Replacement } from "./replacement.ts";

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/**
 * `tf.gather`. The backend's own kernel reads outside of its memory where there are batch
 * dimensions and many indices, and it computes the position of every single element anew; this one
 * copies runs of elements that stay together.
 *
 * @throws {RangeError} On an index outside of the axis.
 */
export const gather: Replacement<"x" | "indices"> = {
  name: "GatherV2",
  make: (backend) => ({ x, indices }, attrs) => {
    const { axis, batchDims } = attrs as { axis: number; batchDims: number };
    const [gathered = 0] = tf.util.parseAxisParam(axis, x.shape);
    const { batchSize, outerSize, dimSize, sliceSize, outputShape } = tf.backend_util.segment_util
      .collectGatherOpShapeInfo(x as tf.Tensor, indices as tf.Tensor, gathered, batchDims);
    const out = backend.makeOutput(outputShape, x.dtype);
    // Views of the memory are made after the last allocation, which may move it.
    const view = ({ dataId, dtype }: tf.TensorInfo, length: number) =>
      new arrays[dtype as keyof typeof arrays](
        backend.wasm.HEAPU8.buffer,
        backend.dataIdMap.get(dataId).memoryOffset,
        length,
      );
    const rows = view(indices, tf.util.sizeFromShape(indices.shape));
    const invalid = rows.find((index) => index < 0 || index >= dimSize);
    if (invalid !== undefined) {
      throw new RangeError(`Cannot gather index ${invalid} of an axis of ${dimSize}`);
    }
    const source = view(x, batchSize * outerSize * dimSize * sliceSize);
    const target = view(out, tf.util.sizeFromShape(outputShape));
    const count = rows.length / batchSize;
    let end = 0;
    for (let batch = 0; batch < batchSize; batch++) {
      for (let outer = 0; outer < outerSize; outer++) {
        const start = (batch * outerSize + outer) * dimSize;
        for (let i = 0; i < count; i++, end += sliceSize) {
          const begin = (start + rows[batch * count + i]!) * sliceSize;
          if (sliceSize === 1) target[end] = source[begin]!;
          else target.set(source.subarray(begin, begin + sliceSize), end);
        }
      }
    }
    return out;
  },
};
