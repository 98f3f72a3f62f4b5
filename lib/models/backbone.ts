import type { Precision } from "../compile/mod.ts";
import { Random } from "../random/mod.ts";
import type { Shapes } from "../tree/mod.ts";
import { type ResnetEncoder, resnetEncoder, type ResnetEncoderOptions } from "./resnet/encoder.ts";
import { initResnet, type InitResnetOptions } from "./resnet/init.ts";
import type { Resnet } from "./resnet/resnet.ts";
import { resnetShapes } from "./resnet/shapes.ts";
import { type ResnetSizes, resnetWidth } from "./resnet/sizes.ts";
import type { VitSizes } from "./vit/config.ts";
import { type VitEncoder, vitEncoder, type VitEncoderOptions } from "./vit/encoder.ts";
import { initVit } from "./vit/init.ts";
import { vitShapes } from "./vit/shapes.ts";
import type { Vit } from "./vit/vit.ts";

/** The parameters of a backbone: a vision transformer or a residual network. */
export type Backbone = Vit | Resnet;

/** The sizes of a backbone: those of a vision transformer, unless it is a residual network. */
export type BackboneSizes = VitSizes & { resnet?: ResnetSizes };

/** Tells a vision transformer from a residual network. */
export function isVit(backbone: Backbone): backbone is Vit {
  return "patch_embed" in backbone;
}

/**
 * A new backbone.
 *
 * @param options `zeroLast`: whether the blocks of a residual network begin as the identity.
 * @throws {RangeError} If the sizes do not fit together.
 */
export function initBackbone(
  sizes: BackboneSizes,
  random: Random,
  options: Pick<InitResnetOptions, "zeroLast"> = {},
): Backbone {
  return sizes.resnet ? initResnet(sizes.resnet, random, options) : initVit(sizes, random);
}

/** Length of the features of a backbone. */
export function featureWidth({ resnet, width }: BackboneSizes): number {
  return resnet ? resnetWidth(resnet) : width;
}

/** The shapes of a backbone's tensors; of Mugs' they include the relation blocks. */
export function backboneShapes(sizes: Omit<BackboneSizes, "heads">): Shapes {
  return sizes.resnet ? resnetShapes(sizes.resnet) : vitShapes(sizes);
}

/** What a backbone's parameters do not tell. */
export type EncoderOptions = VitEncoderOptions & ResnetEncoderOptions;

/** An encoder of a backbone's parameters, which become its own: it disposes of them. */
export function encoderOf(
  params: Backbone,
  options: EncoderOptions,
): VitEncoder | ResnetEncoder {
  return isVit(params) ? vitEncoder(params, options) : resnetEncoder(params, options);
}

/**
 * The encoder that pre-training of this seed begins with.
 *
 * @throws {RangeError} If the sizes do not fit together.
 */
export function untrained(
  config: BackboneSizes & { seed: number },
  { name = "random initialization", precision }: { name?: string; precision?: Precision } = {},
): VitEncoder | ResnetEncoder {
  const random = new Random(`${config.seed}/state`).fork("student").fork("backbone");
  const { heads, resnet } = config;
  const params = initBackbone(config, random);
  return encoderOf(params, { name, trained: false, heads, precision, resnet });
}
