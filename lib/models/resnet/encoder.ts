import { compile, type Precision } from "../../compile/mod.ts";
import { dispose, flatten } from "../../tree/mod.ts";
import { displayedEncoder } from "../displayed_encoder.ts";
import type { Encoder } from "../encoder.ts";
import { shapesOf } from "../shapes.ts";
import { type ResnetSizes, resnetWidth } from "./sizes.ts";
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
};

/**
 * An encoder of a residual network's parameters, which become its own: it disposes of them. The
 * classifier has no part in what it computes.
 */
export function resnetEncoder(
  params: Resnet,
  { name = "ResNet", trained = true, precision = "float32" }: ResnetEncoderOptions = {},
): ResnetEncoder {
  const { fc: _, ...backbone } = params;
  const sizes = measureResnet(shapesOf(flatten(backbone)), name);
  const embed = compile(resnetFeatures, { name, precision });
  const patches = compile(
    (images: Parameters<typeof resnetStages>[0], p: Resnet) => resnetStages(images, p).at(-1)!,
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
