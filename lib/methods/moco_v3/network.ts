import type { MocoV3Config } from "../../configs/mod.ts";
import { backboneShapes, featureWidth } from "../../models/mod.ts";
import { initMlp, type MlpLayer, mlpShapes, type Sequential } from "../../nn/mod.ts";
import type { Random } from "../../random/mod.ts";
import { below, map, type Shapes } from "../../tree/mod.ts";
import { isStatistic } from "../learned.ts";
import type { ProjectedNetwork } from "../two_views.ts";
import { initMocoV3Backbone } from "./init_backbone.ts";

/** A backbone and its projector, whose layers are the backbone's head in the official names. */
export type MocoV3Teacher = ProjectedNetwork;

/** The network that learns also predicts. */
export type MocoV3Student = MocoV3Teacher & { predictor: Sequential };

/** What MoCo-v3 carries from step to step. */
export type MocoV3State = {
  learner: { student: MocoV3Student; teacher: MocoV3Teacher };
  buffers: Record<never, never>;
};

/** The tensors of the networks. */
export function shapes(config: MocoV3Config): Shapes {
  const { projector, predictor } = headsOf(config);
  const teacher = {
    ...below("backbone", backboneShapes(config)),
    ...below("head", mlpShapes(projector.inputs, projector.layers)),
  };
  const student = {
    ...teacher,
    ...below("predictor", mlpShapes(predictor.inputs, predictor.layers)),
  };
  return below("learner", { ...below("student", student), ...below("teacher", teacher) });
}

/** The networks before the first step; the teacher equals the student, but predicts nothing. */
export function init(config: MocoV3Config, random: Random): MocoV3State {
  const { projector, predictor } = headsOf(config);
  const teacher: MocoV3Teacher = {
    backbone: initMocoV3Backbone(config, random.fork("backbone")),
    head: initMlp(random.fork("head"), projector),
  };
  const student = {
    ...map((tensor) => tensor.clone(), teacher),
    predictor: initMlp(random.fork("predictor"), predictor),
  };
  return { learner: { student, teacher }, buffers: {} };
}

/**
 * The layers of projector and predictor: linear ones without bias, normalized by batch, with ReLU
 * between them.
 *
 * Source: MoCo-v3, `_build_projector_and_predictor_mlps` in moco/builder.py.
 */
function headsOf(config: MocoV3Config): Record<"projector" | "predictor", Perceptron> {
  const { projectorLayers, headHidden, headOut, normAfterPredictor } = config;
  const hidden: MlpLayer = { width: headHidden, norm: "affine" };
  const last: MlpLayer = { width: headOut, norm: "plain" };
  return {
    projector: {
      inputs: featureWidth(config),
      layers: [...Array<MlpLayer>(projectorLayers - 1).fill(hidden), last],
    },
    predictor: {
      inputs: headOut,
      layers: [hidden, normAfterPredictor ? last : { width: headOut }],
    },
  };
}

type Perceptron = { inputs: number; layers: MlpLayer[] };

/**
 * Tells whether a tensor of the student is learned: running statistics are not, nor are positions,
 * nor the projection of patches where it stays as it is.
 */
export function learned(
  name: string,
  { frozenPatches }: Pick<MocoV3Config, "frozenPatches">,
): boolean {
  if (isStatistic(name)) return false;
  if (name === "backbone.pos_embed") return false;
  return !(frozenPatches && name.startsWith("backbone.patch_embed."));
}
