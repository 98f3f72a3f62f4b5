import type { Shapes } from "../../tree/mod.ts";
import { expansion, type ResnetSizes } from "./sizes.ts";

/**
 * The tensors of a residual network by name, running statistics included, in torchvision's order:
 * the one statement of them, from which parameters are drawn, checkpoints are checked and
 * parameters are counted.
 *
 * @param options `classes`: outputs of the classifier; without it there is none.
 */
export function resnetShapes(
  sizes: ResnetSizes,
  { classes }: { classes?: number } = {},
): Shapes {
  const { layers, planes, stemWidth, stem, block } = sizes;
  const kernel = stem === "large" ? 7 : 3;
  const shapes: Shapes = {
    "conv1.weight": [stemWidth, 3, kernel, kernel],
    ...batchNormShapes("bn1", stemWidth),
  };
  let width = stemWidth;
  for (const [stage, channels] of planes.entries()) {
    for (let i = 0; i < layers[stage]!; i++) {
      const channelsOf = { inputs: width, planes: channels, shortens: i === 0 && stage > 0 };
      Object.assign(shapes, blockShapes(`layer${stage + 1}.${i}`, channelsOf, sizes));
      width = channels * expansion(block);
    }
  }
  if (classes) Object.assign(shapes, { "fc.weight": [classes, width], "fc.bias": [classes] });
  return shapes;
}

function blockShapes(
  name: string,
  { inputs, planes, shortens }: { inputs: number; planes: number; shortens: boolean },
  { block, inner }: ResnetSizes,
): Shapes {
  const [middle, out] = [planes * inner, planes * expansion(block)];
  const convolutions = block === "basic"
    ? [[planes, inputs, 3], [planes, planes, 3]] as const
    : [[middle, inputs, 1], [middle, middle, 3], [out, middle, 1]] as const;
  const shapes: Shapes = {};
  for (const [i, [out, inputs, kernel]] of convolutions.entries()) {
    shapes[`${name}.conv${i + 1}.weight`] = [out, inputs, kernel, kernel];
    Object.assign(shapes, batchNormShapes(`${name}.bn${i + 1}`, out));
  }
  if (!shortens && inputs === out) return shapes;
  return {
    ...shapes,
    [`${name}.downsample.0.weight`]: [out, inputs, 1, 1],
    ...batchNormShapes(`${name}.downsample.1`, out),
  };
}

function batchNormShapes(name: string, width: number): Shapes {
  const vectors = ["weight", "bias", "running_mean", "running_var"];
  return {
    ...Object.fromEntries(vectors.map((vector) => [`${name}.${vector}`, [width]])),
    [`${name}.num_batches_tracked`]: [],
  };
}
