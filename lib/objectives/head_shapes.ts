import { below, type Shapes } from "../tree/mod.ts";
import type { HeadsConfig } from "./heads.ts";

/**
 * The tensors of an instance or local-group head for tokens of `width`; a teacher has no predictor.
 */
export function contrastHeadShapes(
  config: HeadsConfig,
  { width, predictor }: { width: number; predictor: boolean },
): Shapes {
  const { headHidden, predictorHidden, headOut, batchNormInHead: batchNorm } = config;
  const projector = projectorShapes([width, headHidden, headHidden, headOut], {
    batchNorm,
    bias: false,
  });
  const layers = {
    "0.weight": [predictorHidden, headOut],
    "2.weight": [headOut, predictorHidden],
  };
  return { ...below("projector", projector), ...predictor && below("predictor", layers) };
}

/** The tensors of a group head for tokens of `width`. */
export function groupHeadShapes(config: HeadsConfig, { width }: { width: number }): Shapes {
  const { headHidden, bottleneck, prototypes, batchNormInHead: batchNorm } = config;
  const sizes = [width, headHidden, headHidden, bottleneck];
  return {
    ...below("projector", projectorShapes(sizes, { batchNorm, bias: true })),
    ...below("last_layer", prototypeShapes([bottleneck, prototypes])),
  };
}

/** The tensors of prototypes: the length and the direction of each. */
export function prototypeShapes([width, prototypes]: [number, number]): Shapes {
  return { weight_g: [prototypes, 1], weight_v: [prototypes, width] };
}

/** What a projector has beside its weights. */
export type ProjectorKind = { batchNorm: boolean; bias: boolean };

/**
 * The tensors of linear layers of these widths, the first of which is the input's. Between two of
 * them there is a GELU (a position without parameters), and a batch normalization before it where
 * there is one.
 */
export function projectorShapes(sizes: number[], { batchNorm, bias }: ProjectorKind): Shapes {
  const [first, ...outputs] = sizes;
  const shapes: Shapes = {};
  let inputs = first!, position = 0;
  for (const [i, width] of outputs.entries()) {
    shapes[`${position}.weight`] = [width, inputs];
    if (bias) shapes[`${position}.bias`] = [width];
    if (batchNorm && i < outputs.length - 1) {
      Object.assign(shapes, below(`${position + 1}`, batchNormShapes(width)));
    }
    position += batchNorm ? 3 : 2;
    inputs = width;
  }
  return shapes;
}

function batchNormShapes(width: number): Shapes {
  const vector = [width];
  return {
    weight: vector,
    bias: vector,
    running_mean: vector,
    running_var: vector,
    num_batches_tracked: [],
  };
}
