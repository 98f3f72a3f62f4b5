import * as tf from "@tensorflow/tfjs";
import { compile, type Precision, recompute as recomputeBlocks, tidy } from "../../compile/mod.ts";
import type { ObjectTensors, Place } from "../../datasets/mod.ts";
import type { Keeping } from "../../nn/mod.ts";
import { clipTogether, gradientsOf } from "../../optim/mod.ts";
import { Random } from "../../random/mod.ts";
import type { StepFacts } from "../../training/mod.ts";
import { flatten, type Named, type Tree, unflatten } from "../../tree/mod.ts";
import type { DetectionState } from "./detection_state.ts";
import type { Detector } from "./detector.ts";
import { type DetectorLosses, detectorLosses, type DetectorTargets } from "./detector_losses.ts";
import { compileDetectorPasses } from "./detector_passes.ts";
import { detectorTargets } from "./detector_targets.ts";
import { chooseRandomly } from "./sample_boxes.ts";
import { detectionOptimizer, type DetectionSetup, learnedOf, passOf, settingsOf } from "./setup.ts";

/** Images with their objects, and their place in the order of the data, by which boxes are drawn. */
export type DetectionBatch = ObjectTensors & { place: Place };

/** What changes from step to step without being state, as tensors: a step is traced once. */
export type DetectionNow = {
  rate: tf.Scalar;
  weightDecay: tf.Scalar;
  /** Stochastic depth; none at rate 0. */
  mask?: tf.Tensor3D;
};

/** How the work of a step is laid out; the result is the same but for rounding. */
export type DetectionLayout = Keeping & {
  /** Whether the insides of blocks are computed anew for the gradients. */
  recompute?: boolean;
};

/** What is learned from a batch whose boxes are chosen. */
export type DetectionLesson = {
  gradients: Named;
  losses: StepFacts["losses"];
  /** The share of boxes whose class is right, over all stages, in percent. */
  accuracy: tf.Scalar;
  /** The next running statistics, by the names of the network's tensors. */
  statistics: Tree;
};

type LessonOptions = DetectionLayout & { setup: DetectionSetup; now: DetectionNow };

/** The losses of images whose boxes are chosen, and their gradients by what is learned. */
export function detectionGradients(
  model: Detector,
  { images, targets }: { images: tf.Tensor4D; targets: DetectorTargets },
  { setup, now: { mask }, recompute, lean }: LessonOptions,
): DetectionLesson {
  const pass = {
    ...{ ...passOf(setup), masks: mask, lean },
    recompute: recompute ? recomputeBlocks : undefined,
  };
  const { gradients, results } = gradientsOf(() => {
    const { losses, statistics } = detectorLosses(images, targets, {
      ...{ model, settings: settingsOf(setup), ...pass },
    });
    return { loss: losses.total, results: { ...summed(losses), statistics } };
  }, learnedOf(flatten(model)));
  return { gradients, ...results };
}

/** Losses by kind, over all levels and stages. */
function summed({ anchors, stages, total }: DetectorLosses) {
  const sum = (losses: readonly tf.Scalar[]) => tf.addN([...losses]) as tf.Scalar;
  return {
    losses: {
      total: total.clone(),
      proposals: sum(anchors.flatMap(({ score, box }) => [score, box])),
      classes: sum(stages.map((stage) => stage.class)),
      boxes: sum(stages.map(({ box }) => box)),
      masks: sum(stages.map(({ mask }) => mask)),
    },
    accuracy: sum(stages.map(({ accuracy }) => accuracy)).mul<tf.Scalar>(100 / stages.length),
  };
}

/** The state after the gradients. */
function applied(
  { step, model, optimizer }: DetectionState,
  { gradients, statistics }: Pick<DetectionLesson, "gradients" | "statistics">,
  { now: { rate, weightDecay }, setup }: Pick<LessonOptions, "now" | "setup">,
): DetectionState {
  const named = flatten(model);
  const { update } = detectionOptimizer(setup);
  const [params, state] = update(learnedOf(named), gradients, {
    ...{ state: optimizer, rate, weightDecay },
  });
  return {
    step: step.add<tf.Scalar>(tf.scalar(1, "int32")),
    model: unflatten({ ...named, ...flatten(statistics), ...params }),
    optimizer: state,
  };
}

/** A step whose parts are compiled. */
export type CompiledDetectionStep = Disposable & {
  /** One step of a detector's training. */
  (state: DetectionState, batch: DetectionBatch, now: DetectionNow): [DetectionState, StepFacts];
  /** What a batch is learned by: boxes that are chosen by the state at hand. */
  targets(state: DetectionState, batch: DetectionBatch, now: DetectionNow): DetectorTargets;
};

/**
 * Compiles a step in parts, between which boxes are chosen in plain TypeScript; dispose of it when
 * the run ends.
 */
export function compileDetectionStep(
  setup: DetectionSetup,
  { precision = "float32", ...layout }: DetectionLayout & { precision?: Precision } = {},
): CompiledDetectionStep {
  const resources = new DisposableStack();
  const settings = settingsOf(setup);
  const { classes, config: { seed } } = setup;
  const passes = resources.use(
    compileDetectorPasses({
      ...passOf(setup),
      ...layoutOfPasses(layout),
      training: true,
      precision,
    }),
  );
  const learn = resources.use(compile(
    (
      state: DetectionState,
      { images, targets }: { images: tf.Tensor4D; targets: DetectorTargets },
      now: DetectionNow,
    ) =>
      tidy((): [DetectionState, StepFacts] => {
        const lesson = detectionGradients(state.model, { images, targets }, {
          ...{ setup, now, ...layout },
        });
        const [, gradientNorm] = clipTogether(lesson.gradients, null);
        const { losses, accuracy } = lesson;
        const facts = { losses, signs: { boxAccuracy: accuracy }, gradientNorm };
        return [applied(state, lesson, { now, setup }), facts];
      }),
    { name: "detection", precision },
  ));
  const targets = (
    { model }: DetectionState,
    { images, objects, place }: DetectionBatch,
    { mask }: DetectionNow,
  ) =>
    tidy(() => {
      const random = new Random(`${seed}/boxes/${place.epoch}/${place.index}`);
      const choose = chooseRandomly(random);
      return detectorTargets(images, objects, {
        ...{ model, passes, settings, classes, choose, masks: mask },
      }).targets;
    });
  const step = (state: DetectionState, batch: DetectionBatch, now: DetectionNow) =>
    tidy(() => {
      const { images } = batch;
      return learn(state, { images, targets: targets(state, batch, now) }, now);
    });
  return Object.assign(step, { targets, [Symbol.dispose]: () => resources.dispose() });
}

/** A pass without gradients keeps nothing for them. */
function layoutOfPasses({ lean }: DetectionLayout): Keeping {
  return { lean };
}
