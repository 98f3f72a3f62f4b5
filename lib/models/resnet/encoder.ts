import type * as tf from "@tensorflow/tfjs";
import { compile, type Precision } from "../../compile/mod.ts";
import { dispose, flatten } from "../../tree/mod.ts";
import { displayedEncoder } from "../displayed_encoder.ts";
import type { Encoder } from "../encoder.ts";
import { shapesOf } from "../shapes.ts";
import { type ResnetSizes, type ResnetTraits, resnetWidth, traitsOf } from "./sizes.ts";
import { measureResnet } from "./measure.ts";
import { type Resnet, resnetFeatures, resnetStages } from "./resnet.ts";

/**
 * A residual network as an encoder: its features are the means of its last map, whose places are
 * its patches. Batch normalizations use their running statistics.
 */
export type ResnetEncoder = Encoder & {
  params: Resnet;
  sizes: ResnetSizes;
  patches: NonNullable<Encoder["patches"]>;
};

/** What a residual network's parameters do not tell. */
export type ResnetEncoderOptions = {
  /** What tables and progress lines call it. */
  name?: string;
  /** Whether the parameters were learned. */
  trained?: boolean;
  /** Precision of matrix products. */
  precision?: Precision;
  /** What it computes otherwise than torchvision's networks. */
  resnet?: ResnetTraits;
};

/**
 * An encoder of a residual network's parameters, which become its own: it disposes of them. The
 * classifier has no part in what it computes.
 */
export function resnetEncoder(
  params: Resnet,
  { name = "ResNet", trained = true, precision = "float32", resnet = {} }: ResnetEncoderOptions =
    {},
): ResnetEncoder {
  const { fc: _, ...backbone } = params;
  const traits = traitsOf(resnet);
  const sizes = { ...measureResnet(shapesOf(flatten(backbone)), name), ...traits };
  const embed = compile(
    (images: tf.Tensor4D, p: Resnet) => resnetFeatures(images, p, traits),
    { name, precision },
  );
  const patches = compile(
    (images: tf.Tensor4D, p: Resnet) => resnetStages(images, p, traits).at(-1)!,
    { name, precision },
  );
  const free = () => {
    for (const compiled of [embed, patches]) compiled[Symbol.dispose]();
    dispose(params);
  };
  return displayedEncoder({
    ...{ name, trained, params, sizes, width: resnetWidth(sizes), multiple: 1 },
    embed: (images) => embed(images, backbone),
    patches: (images) => patches(images, backbone),
    ...{ dispose: free, [Symbol.dispose]: free },
  });
}
