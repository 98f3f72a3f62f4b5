import * as tf from "@tensorflow/tfjs";
import type { ByolConfig } from "../../configs/mod.ts";
import { backboneShapes, featureWidth, initBackbone } from "../../models/mod.ts";
import { initMlp, type Linear, type MlpLayer, mlpShapes, type Sequential } from "../../nn/mod.ts";
import type { Random } from "../../random/mod.ts";
import { below, type Shapes } from "../../tree/mod.ts";
import type { ProjectedNetwork } from "../two_views.ts";

/** A backbone, its projector and predictor, and a classifier if one is trained beside them. */
export type ByolNetwork = ProjectedNetwork & { predictor: Sequential; classifier?: Linear };

/** What BYOL carries from step to step; the teacher has all that the student has. */
export type ByolState = {
  learner: { student: ByolNetwork; teacher: ByolNetwork };
  buffers: Record<never, never>;
};

/** The tensors of both networks. */
export function shapes(config: ByolConfig): Shapes {
  const { projector, predictor } = headsOf(config);
  const { classes } = config;
  const width = featureWidth(config);
  const network: Shapes = {
    ...below("backbone", backboneShapes(config)),
    ...below("head", mlpShapes(projector.inputs, projector.layers)),
    ...below("predictor", mlpShapes(predictor.inputs, predictor.layers)),
    ...classes > 0 && { "classifier.weight": [classes, width], "classifier.bias": [classes] },
  };
  return below("learner", { ...below("student", network), ...below("teacher", network) });
}

/** The networks before the first step, drawn independently of each other. */
export function init(config: ByolConfig, random: Random): ByolState {
  const [student, teacher] = ["student", "teacher"].map((name) =>
    initNetwork(config, random.fork(name))
  ) as [ByolNetwork, ByolNetwork];
  return { learner: { student, teacher }, buffers: {} };
}

function initNetwork(config: ByolConfig, random: Random): ByolNetwork {
  const { projector, predictor } = headsOf(config);
  const { classes } = config;
  return {
    backbone: initBackbone(config, random.fork("backbone"), { zeroLast: true }),
    head: initMlp(random.fork("head"), projector),
    predictor: initMlp(random.fork("predictor"), predictor),
    ...classes > 0 && {
      classifier: {
        weight: tf.zeros([classes, featureWidth(config)]),
        bias: tf.zeros([classes]),
      },
    },
  };
}

/**
 * The layers of projector and predictor.
 *
 * Source: BYOL, `MLP` in utils/networks.py.
 */
function headsOf(config: ByolConfig) {
  const { headHidden, predictorHidden, headOut } = config;
  const layers = (width: number): MlpLayer[] => [
    { width, bias: true, norm: "affine" },
    { width: headOut },
  ];
  return {
    projector: { inputs: featureWidth(config), layers: layers(headHidden) },
    predictor: { inputs: headOut, layers: layers(predictorHidden) },
  };
}
