import * as tf from "@tensorflow/tfjs";
import type { Replacement } from "./replacement.ts";

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/**
 * `tf.gather`. The backend's own reads outside of its memory where there are batch dimensions and many indices, and works
 * out the place of every single element anew; runs of elements that stay together are copied as such here.
 *
 * @throws {RangeError} On an index outside of the axis.
 */
export const gather: Replacement = {
  name: "GatherV2",
  make: (backend) => ({ x, indices }, attrs) => {
    const { axis, batchDims } = attrs as { axis: number; batchDims: number };
    const [at] = tf.util.parseAxisParam(axis, x.shape);
    const { batchSize, outerSize, dimSize, sliceSize, outputShape } = tf.backend_util.segment_util
      .collectGatherOpShapeInfo(x as tf.Tensor, indices as tf.Tensor, at, batchDims);
    const out = backend.makeOutput(outputShape, x.dtype);
    // Views of the memory are made after the last allocation, which may move it.
    const view = ({ dataId, dtype }: tf.TensorInfo, length: number) =>
      new arrays[dtype as keyof typeof arrays](
        backend.wasm.HEAPU8.buffer,
        backend.dataIdMap.get(dataId).memoryOffset,
        length,
      );
    const wanted = view(indices, tf.util.sizeFromShape(indices.shape));
    const wrong = wanted.find((index) => index < 0 || index >= dimSize);
    if (wrong !== undefined) {
      throw new RangeError(`Cannot gather index ${wrong} of an axis of ${dimSize}`);
    }
    const from = view(x, batchSize * outerSize * dimSize * sliceSize);
    const to = view(out, tf.util.sizeFromShape(outputShape));
    const count = wanted.length / batchSize;
    let place = 0;
    for (let batch = 0; batch < batchSize; batch++) {
      for (let outer = 0; outer < outerSize; outer++) {
        const start = (batch * outerSize + outer) * dimSize;
        for (let i = 0; i < count; i++, place += sliceSize) {
          const source = (start + wanted[batch * count + i]) * sliceSize;
          if (sliceSize === 1) to[place] = from[source];
          else to.set(from.subarray(source, source + sliceSize), place);
        }
      }
    }
    return out;
  },
};
