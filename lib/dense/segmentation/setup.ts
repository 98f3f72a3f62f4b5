import type { SegmentationConfig } from "../../configs/mod.ts";
import { type BackboneSizes, vitShapes, type VitSizes } from "../../models/mod.ts";
import { adamw, type Group, layerDecay, type Optimizer } from "../../optim/mod.ts";
import { below, type Shapes } from "../../tree/mod.ts";
import { pyramidBlocks, pyramidShapes } from "../pyramid.ts";
import { headShapes } from "./head_shapes.ts";

/** What a segmenter is: its recipe, the sizes of its backbone, and how many classes there are. */
export type SegmentationSetup = {
  config: SegmentationConfig & { crop: number; stride: number };
  backbone: VitSizes;
  classes: number;
};

/**
 * A setup for the backbone of a checkpoint, without its relation blocks and with positions for the
 * crop of the recipe.
 *
 * @throws {TypeError} If it is no vision transformer.
 * @throws {RangeError} If the crop cannot be cut into patches.
 */
export function segmentationSetup(
  config: SegmentationConfig,
  { resnet, ...sizes }: BackboneSizes,
  classes: number,
): SegmentationSetup {
  if (resnet) {
    throw new TypeError(
      "Cannot segment with a residual network: the heads read the blocks of a vision transformer",
    );
  }
  const crop = config.crop ?? sizes.imageSize;
  const { patchSize } = sizes;
  if (crop % patchSize) {
    throw new RangeError(
      `\`crop\` ${crop} is not a multiple of the network's patch size, ${patchSize}`,
    );
  }
  const least = patchSize * (isFine(sizes) ? 4 : 2);
  if (config.head === "upernet" && crop < least) {
    throw new RangeError(
      `\`crop\` ${crop} is too small for UPerNet, whose smallest map would be empty: take ` +
        `${least} or more`,
    );
  }
  return {
    config: { ...config, crop, stride: config.stride ?? Math.round(2 * crop / 3) },
    backbone: { ...sizes, imageSize: crop, relationBlocks: 0 },
    classes,
  };
}

/** Whether patches are so fine that the pyramid is that for them. */
function isFine({ patchSize }: Pick<VitSizes, "patchSize">): boolean {
  return patchSize === 8;
}

/** The blocks of the backbone that the head reads. */
export function blocksOf({ config, backbone: { depth } }: SegmentationSetup): number[] {
  const last = config.head === "linear" && config.readBlocks === "last";
  return last ? [depth - 1] : pyramidBlocks(depth);
}

/** The tensors of a segmenter by path. */
export function segmenterShapes(setup: SegmentationSetup): Shapes {
  const { config, backbone, classes } = setup;
  const { width } = backbone;
  return {
    ...below("backbone", {
      ...vitShapes(backbone),
      ...config.head === "upernet" && pyramidShapes(width, { fine: isFine(backbone) }),
    }),
    ...headShapes(config, { inputs: width * blocksOf(setup).length, width, classes }),
  };
}

/** Whether a tensor is learned: neither statistics are, nor what is frozen or unused. */
export function learnedIn({ config }: SegmentationSetup): (name: string) => boolean {
  return (name) => {
    if (/\.(running_mean|running_var|num_batches_tracked)$/.test(name)) return false;
    if (!config.finalNorm && name.startsWith("backbone.norm.")) return false;
    return !config.frozen || !name.startsWith("backbone.") || name.startsWith("backbone.fpn");
  };
}

/**
 * The optimizer of a segmenter. With a frozen backbone all that is learned decays, biases too, as
 * the official linear recipe makes no groups.
 */
export function segmentationOptimizer(
  { config: { frozen, layerDecay: decay }, backbone: { depth } }: SegmentationSetup,
): Optimizer {
  const whole: Group = { rate: 1, decays: true };
  return adamw({ group: frozen ? () => whole : layerDecay({ decay, depth, decayTokens: true }) });
}
