import * as tf from "@tensorflow/tfjs";
import type { Vit } from "../../models/mod.ts";
import { initOptimizer, type OptimizerState, toBranches } from "../../optim/mod.ts";
import { below, flatten, type Named, type Shapes, unflatten } from "../../tree/mod.ts";
import { initSegmenter } from "./init_segmenter.ts";
import type { Segmenter } from "./network.ts";
import {
  learnedIn,
  segmentationOptimizer,
  type SegmentationSetup,
  segmenterShapes,
} from "./setup.ts";

/** Everything that leaves a step of a segmenter's training and enters the next. */
export type SegmentationState = {
  /** Steps done, int32. */
  step: tf.Scalar;
  model: Segmenter;
  optimizer: OptimizerState;
};

/**
 * The state before the first step; it depends on the setup, its seed and the backbone alone.
 *
 * @param backbone The weights to begin with, which become the state's; by default new ones.
 */
export function initSegmentation(setup: SegmentationSetup, backbone?: Vit): SegmentationState {
  const model = initSegmenter(setup, backbone);
  const learned = passing(flatten(model), learnedIn(setup));
  return {
    step: tf.scalar(0, "int32"),
    model,
    optimizer: initOptimizer(segmentationOptimizer(setup), learned),
  };
}

/** The tensors of a state by path. */
export function segmentationShapes(setup: SegmentationSetup): Shapes {
  const shapes = segmenterShapes(setup);
  const learned = passing(shapes, learnedIn(setup));
  return {
    step: [],
    ...below("model", shapes),
    ...below("optimizer", segmentationOptimizer(setup).shapes(learned)),
  };
}

/** The state whose tensors have these paths. */
export function toSegmentationState({ step, ...named }: Named): SegmentationState {
  const part = (path: string): Named =>
    Object.fromEntries(
      Object.entries(named).filter(([name]) => name.startsWith(`${path}.`))
        .map(([name, tensor]) => [name.slice(path.length + 1), tensor]),
    );
  return {
    step: step as tf.Scalar,
    model: unflatten<Segmenter>(part("model")),
    optimizer: toBranches(part("optimizer")),
  };
}

/** Those entries of a record whose names pass. */
export function passing<T>(
  record: Record<string, T>,
  passes: (name: string) => boolean,
): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => passes(name)));
}
