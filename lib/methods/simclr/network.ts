import type { SimclrConfig } from "../../configs/mod.ts";
import { backboneShapes, featureWidth, initBackbone } from "../../models/mod.ts";
import {
  type DrawLinear,
  initMlp,
  type MlpLayer,
  mlpShapes,
  truncatedNormal,
} from "../../nn/mod.ts";
import type { Random } from "../../random/mod.ts";
import { below, type Shapes } from "../../tree/mod.ts";
import type { ProjectedNetwork } from "../two_views.ts";

/** What SimCLR carries from step to step: one network. */
export type SimclrState = {
  learner: { student: ProjectedNetwork };
  buffers: Record<never, never>;
};

/** The tensors of the network. */
export function shapes(config: SimclrConfig): Shapes {
  const { inputs, layers } = projectorOf(config);
  return below("learner.student", {
    ...below("backbone", backboneShapes(config)),
    ...below("head", mlpShapes(inputs, layers)),
  });
}

/** The network before the first step; blocks of a residual one begin as the identity. */
export function init(config: SimclrConfig, random: Random): SimclrState {
  const student: ProjectedNetwork = {
    backbone: initBackbone(config, random.fork("backbone"), { zeroLast: true }),
    head: initMlp(random.fork("head"), { ...projectorOf(config), draw }),
  };
  return { learner: { student }, buffers: {} };
}

/** Normal weights of deviation 0.01. */
const draw: DrawLinear = (random, shape) => truncatedNormal(random, shape, 0.01);

/**
 * The layers of the projector: linear ones without bias, normalized by batch, the last without
 * shift; ReLU between them.
 *
 * Source: SimCLR, `ProjectionHead` in tf2/model.py.
 */
function projectorOf(config: SimclrConfig): { inputs: number; layers: MlpLayer[] } {
  const inputs = featureWidth(config);
  const hidden: MlpLayer = { width: inputs, norm: "affine" };
  const last: MlpLayer = { width: config.headOut, norm: "scale" };
  return {
    inputs,
    layers: [...Array<MlpLayer>(config.projectorLayers - 1).fill(hidden), last],
  };
}
