import * as tf from "@tensorflow/tfjs";
import type { Vit } from "../../models/mod.ts";
import { initOptimizer, type OptimizerState, toBranches } from "../../optim/mod.ts";
import { below, flatten, type Named, type Shapes, unflatten } from "../../tree/mod.ts";
import type { Detector } from "./detector.ts";
import { initDetector } from "./init_detector.ts";
import { detectionOptimizer, type DetectionSetup, detectorShapes, learnedOf } from "./setup.ts";

/** Everything that leaves a step of a detector's training and enters the next. */
export type DetectionState = {
  /** Steps done, int32. */
  step: tf.Scalar;
  model: Detector;
  optimizer: OptimizerState;
};

/**
 * The state before the first step; it depends on the setup, its seed and the backbone alone.
 *
 * @param backbone The weights to begin with, which become the state's; by default new ones.
 */
export function initDetection(setup: DetectionSetup, backbone?: Vit): DetectionState {
  const model = initDetector(setup, backbone);
  return {
    step: tf.scalar(0, "int32"),
    model,
    optimizer: initOptimizer(detectionOptimizer(setup), learnedOf(flatten(model))),
  };
}

/** The tensors of a state by path. */
export function detectionShapes(setup: DetectionSetup): Shapes {
  const shapes = detectorShapes(setup);
  return {
    step: [],
    ...below("model", shapes),
    ...below("optimizer", detectionOptimizer(setup).shapes(learnedOf(shapes))),
  };
}

/** The state whose tensors have these paths. */
export function toDetectionState({ step, ...named }: Named): DetectionState {
  const part = (path: string): Named =>
    Object.fromEntries(
      Object.entries(named).filter(([name]) => name.startsWith(`${path}.`))
        .map(([name, tensor]) => [name.slice(path.length + 1), tensor]),
    );
  return {
    step: step as tf.Scalar,
    model: unflatten<Detector>(part("model")),
    optimizer: toBranches(part("optimizer")),
  };
}
