import * as tf from "@tensorflow/tfjs";
import type { Config } from "../configs/mod.ts";
import { evalBatches, type Sample } from "../datasets/mod.ts";
import type { Image } from "../images/mod.ts";
import { methodOf } from "../methods/mod.ts";
import type { State } from "./state.ts";

/** The images of a prototype: how many there are, and those of which the teacher is surest. */
export type PrototypeImages = {
  label: string;
  prototype: number;
  count: number;
  pictures: Image[];
};

/** Options of {@linkcode prototypeImages}. */
export type PrototypeImagesOptions = {
  evalCrop?: "center" | "whole";
  /** How many prototypes to return. */
  largest?: number;
  /** How many images to return of each. */
  each?: number;
};

/**
 * What prototypes gather: each image goes to the prototype to which the teacher assigns most of it.
 * Returned are the prototypes with the most images, and of each the images of which the teacher is
 * surest.
 *
 * @param config The one of the run.
 * @throws {TypeError} If its method has no prototypes.
 */
export async function prototypeImages(
  state: State,
  samples: Sample[],
  { evalCrop = "whole", largest = 6, each = 8, ...config }: Config & PrototypeImagesOptions,
): Promise<PrototypeImages[]> {
  const assignments = await assignmentsOf(state, samples, { ...config, evalCrop });
  const members = Map.groupBy(assignments.keys(), (i) => assignments[i]!.prototype);
  const order = [...members].toSorted(([, a], [, b]) => b.length - a.length).slice(0, largest);
  return await Promise.all(order.map(async ([prototype, rows]) => {
    const surest = rows.toSorted((a, b) => assignments[b]!.share - assignments[a]!.share)
      .slice(0, each);
    const pictures = await Promise.all(surest.map((i) => samples[i]!.read()));
    const label = `prototype ${prototype},<br>${rows.length} images`;
    return { label, prototype, count: rows.length, pictures };
  }));
}

/** The prototype of every image, and the share of it that is assigned to it. */
async function assignmentsOf(
  { learner, buffers }: State,
  samples: Sample[],
  config: Config & Pick<Required<PrototypeImagesOptions>, "evalCrop">,
): Promise<{ prototype: number; share: number }[]> {
  const { assign, title } = methodOf(config);
  if (!assign) throw new TypeError(`Cannot show the images of prototypes: ${title} has none`);
  const options = { size: config.globalSize, batchSize: 128, evalCrop: config.evalCrop };
  const assignments: { prototype: number; share: number }[] = [];
  for await (using batch of evalBatches(samples, options)) {
    const largest = tf.tidy(() => {
      const targets = assign({ learner, buffers }, batch.images, config);
      return { prototype: targets.argMax<tf.Tensor1D>(1), share: targets.max<tf.Tensor1D>(1) };
    });
    const shares = await largest.share.array();
    const prototypes = await largest.prototype.array();
    assignments.push(...prototypes.map((prototype, i) => ({ prototype, share: shares[i]! })));
    tf.dispose(largest);
  }
  return assignments;
}
