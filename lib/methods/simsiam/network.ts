import type { SimsiamConfig } from "../../configs/mod.ts";
import { backboneShapes, featureWidth, initBackbone } from "../../models/mod.ts";
import { initMlp, type MlpLayer, mlpShapes, type Sequential } from "../../nn/mod.ts";
import type { Random } from "../../random/mod.ts";
import { below, type Shapes } from "../../tree/mod.ts";
import { isStatistic } from "../learned.ts";
import type { ProjectedNetwork } from "../two_views.ts";

/** A backbone, its projector and its predictor. */
export type SimsiamStudent = ProjectedNetwork & { predictor: Sequential };

/** What SimSiam carries from step to step: there is no teacher. */
export type SimsiamState = {
  learner: { student: SimsiamStudent };
  buffers: Record<never, never>;
};

/** The tensors of the network. */
export function shapes(config: SimsiamConfig): Shapes {
  const { projector, predictor } = headsOf(config);
  return below("learner.student", {
    ...below("backbone", backboneShapes(config)),
    ...below("head", mlpShapes(projector.inputs, projector.layers)),
    ...below("predictor", mlpShapes(predictor.inputs, predictor.layers)),
  });
}

/** The network before the first step; blocks of a residual one begin as the identity. */
export function init(config: SimsiamConfig, random: Random): SimsiamState {
  const { projector, predictor } = headsOf(config);
  const student: SimsiamStudent = {
    backbone: initBackbone(config, random.fork("backbone"), { zeroLast: true }),
    head: initMlp(random.fork("head"), projector),
    predictor: initMlp(random.fork("predictor"), predictor),
  };
  return { learner: { student }, buffers: {} };
}

/**
 * The layers of projector and predictor. The last bias of the projector stands before a
 * normalization, which takes it away again: the official program has it, and leaves it as it is.
 *
 * Source: SimSiam, simsiam/builder.py.
 */
function headsOf(config: SimsiamConfig) {
  const { projectorLayers, headOut, predictorHidden } = config;
  const inputs = featureWidth(config);
  const hidden: MlpLayer = { width: inputs, norm: "affine" };
  const last: MlpLayer = { width: headOut, bias: true, norm: "plain" };
  const between: MlpLayer = { width: predictorHidden, norm: "affine" };
  return {
    projector: { inputs, layers: [...Array<MlpLayer>(projectorLayers - 1).fill(hidden), last] },
    predictor: { inputs: headOut, layers: [between, { width: headOut, bias: true }] },
  };
}

/** Tells whether a tensor is learned: running statistics and the projector's bias are not. */
export function learned(
  name: string,
  { projectorLayers }: Pick<SimsiamConfig, "projectorLayers">,
): boolean {
  return !isStatistic(name) && name !== `head.${3 * (projectorLayers - 1)}.bias`;
}
