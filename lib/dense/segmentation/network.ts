import * as tf from "@tensorflow/tfjs";
import { blockMaps, type Recompute, type Vit } from "../../models/mod.ts";
import { type Keeping, resizeMap } from "../../nn/mod.ts";
import type { Tree } from "../../tree/mod.ts";
import { collectingNorm, type MapNorm, scoringNorm } from "../map_norm.ts";
import { type FinePyramid, type Pyramid, pyramid, pyramidBlocks } from "../pyramid.ts";
import { type ConvBlock, convBlock } from "./conv_block.ts";
import { classifyPlaces, type PlaceClassifier } from "./place_classifier.ts";
import { type UperNet, uperNet } from "./upernet.ts";

/** A head of one convolution, under mmsegmentation's names, that helps in training. */
export type AuxiliaryHead = { convs: readonly [ConvBlock]; conv_seg: PlaceClassifier };

/** A backbone with a linear classifier of its places. */
export type LinearSegmenter = { backbone: Vit; decode_head: { conv_seg: PlaceClassifier } };

/** A backbone with UPerNet on maps of four sizes, and an auxiliary head. */
export type UperNetSegmenter = {
  backbone: Vit & (Pyramid | FinePyramid);
  decode_head: UperNet;
  auxiliary_head: AuxiliaryHead;
};

/** A network that tells the class of every pixel, under mmsegmentation's names. */
export type Segmenter = LinearSegmenter | UperNetSegmenter;

/** What channels of a map are multiplied with before they are classified, `[batch, channels]`. */
export type HeadDropout = { decode: tf.Tensor2D; auxiliary?: tf.Tensor2D };

/** What a pass through a network needs beside images and parameters. */
export type SegmenterPass = Keeping & {
  /** Number of attention heads. */
  heads: number;
  /** The blocks of the backbone that are read, from 0; of UPerNet the usual four by default. */
  blocks?: readonly number[];
  /** Whether the final norm is applied to each of them, as by default. */
  normed?: boolean;
  /** Stochastic depth: `[depth, 2, batch]`, from `dropPathMasks`. */
  mask?: tf.Tensor3D;
  /** By default nothing is dropped. */
  dropout?: HeadDropout;
  /** How a block is run whose insides are too large to be kept for the gradients. */
  recompute?: Recompute;
};

/** Logits of places `[batch, rows, columns, classes]`, in training those of the auxiliary head. */
export type PlaceLogits = { decode: tf.Tensor4D; auxiliary?: tf.Tensor4D };

/** Whether a network is one with UPerNet. */
export function isUperNet(model: Segmenter): model is UperNetSegmenter {
  return "auxiliary_head" in model;
}

/**
 * The logits of places of images `[batch, height, width, 3]` as they are scored. Of sides that are
 * no multiple of a patch the remainder is not seen, as by a convolution of patches.
 */
export function segment(images: tf.Tensor4D, model: Segmenter, pass: SegmenterPass): tf.Tensor4D {
  const { decode } = walk(images, model, { ...pass, norm: scoringNorm });
  return decode();
}

/** The logits of every pixel of images as they are scored, `[batch, height, width, classes]`. */
export function segmentPixels(
  images: tf.Tensor4D,
  model: Segmenter,
  pass: SegmenterPass,
): tf.Tensor4D {
  const [, height, width] = images.shape;
  return resizeMap(segment(images, model, pass), [height, width]);
}

/**
 * The logits of places in training, and the next running statistics by the names of the network's
 * tensors.
 */
export function segmentInTraining(
  images: tf.Tensor4D,
  model: Segmenter,
  pass: SegmenterPass,
): [logits: PlaceLogits, statistics: Tree] {
  const { norm, statistics } = collectingNorm();
  const { decode, auxiliary } = walk(images, model, { ...pass, norm });
  const logits = { decode: decode(), ...auxiliary && { auxiliary: auxiliary() } };
  return [logits, statistics];
}

type Walk = SegmenterPass & { norm: MapNorm };

/** The heads of a network, ready to be run on images. */
function walk(
  images: tf.Tensor4D,
  model: Segmenter,
  { norm, blocks, normed, mask: masks, dropout, ...forward }: Walk,
): { decode(): tf.Tensor4D; auxiliary?: () => tf.Tensor4D } {
  const { backbone } = model;
  const maps = blockMaps(wholePatches(images, backbone), backbone, {
    ...forward,
    masks,
    normed,
    blocks: blocks ?? pyramidBlocks(backbone.blocks.length),
  });
  if (!isUperNet(model)) {
    const { conv_seg } = model.decode_head;
    return { decode: () => classifyPlaces(tf.concat(maps, 3), conv_seg, dropout?.decode) };
  }
  const { decode_head, auxiliary_head } = model;
  const four = pyramid(maps, model.backbone, { norm });
  return {
    decode: () => {
      const { fused } = uperNet(four, decode_head, { norm, path: "decode_head" });
      return classifyPlaces(fused, decode_head.conv_seg, dropout?.decode);
    },
    auxiliary: () => {
      const path = "auxiliary_head.convs.0";
      const map = convBlock(four[2], auxiliary_head.convs[0], { norm, path });
      return classifyPlaces(map, auxiliary_head.conv_seg, dropout?.auxiliary);
    },
  };
}

/** The part of images that whole patches cover. */
function wholePatches(images: tf.Tensor4D, { patch_embed }: Vit): tf.Tensor4D {
  const [, height, width] = images.shape;
  const [, , size] = patch_embed.proj.weight.shape;
  if (height % size === 0 && width % size === 0) return images;
  return images.slice([0, 0, 0, 0], [-1, height - height % size, width - width % size, -1]);
}
