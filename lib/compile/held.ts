import * as tf from "@tensorflow/tfjs";
import type { TensorFlowBackend } from "../tensorflow/mod.ts";

/**
 * Rounded copies of tensors that stay the same from call to call. Of each place the copy of the
 * last tensor is kept.
 */
export class Held implements Disposable {
  readonly #copies = new Map<number, { of: object; copy: tf.Tensor }>();

  /** @param places The numbers of the arguments that a function is given rounded. */
  constructor(readonly places: ReadonlySet<number>) {}

  /** The arguments of a call with copies in their places. */
  replace(backend: TensorFlowBackend, tensors: readonly tf.Tensor[]): tf.Tensor[] {
    return tensors.map((x, place) => this.places.has(place) ? this.#copy(backend, x, place) : x);
  }

  #copy(backend: TensorFlowBackend, x: tf.Tensor, place: number): tf.Tensor {
    const before = this.#copies.get(place);
    if (before?.of === x.dataId) return before.copy;
    before?.copy.dispose();
    const copy = tf.keep(backend.round(x));
    this.#copies.set(place, { of: x.dataId, copy });
    return copy;
  }

  [Symbol.dispose](): void {
    for (const { copy } of this.#copies.values()) copy.dispose();
    this.#copies.clear();
  }
}
