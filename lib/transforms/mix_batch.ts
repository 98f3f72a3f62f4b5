import type { Random } from "../random/mod.ts";
import type { Region } from "../images/mod.ts";
import { cutmix, cutRegion, shareLeft, type Size } from "./cutmix.ts";
import { type ImageStack, mixup } from "./mixup.ts";

/** Parameters of the two Beta distributions, and the probability of `cutmix`. */
export type MixOptions = { mixup: number; cutmix: number; switchProbability: number };

/** How the images of a batch are mixed with their counterparts. */
export type Mix = {
  /** The share that each image keeps of itself. */
  share: number;
  /** What comes from the counterpart, where it is cut out; otherwise all pixels are mixed. */
  region?: Region;
};

/**
 * Draws how a batch is mixed: by {@linkcode mixup} or by {@linkcode cutmix}, or by the only one
 * whose parameter is not 0.
 *
 * Source: timm's `Mixup` in its mode `batch`.
 */
export function drawMix(size: Size, options: MixOptions, random: Random): Mix {
  if (options.mixup === 0 && options.cutmix === 0) return { share: 1 };
  const both = options.mixup > 0 && options.cutmix > 0;
  const cut = both ? random.chance(options.switchProbability) : options.cutmix > 0;
  const alpha = cut ? options.cutmix : options.mixup;
  const share = random.beta(alpha, alpha);
  if (!cut) return { share };
  const center = { y: random.integer(size.height), x: random.integer(size.width) };
  const region = cutRegion(size, share, center);
  return { share: shareLeft(size, region), region };
}

/**
 * Mixes a batch with itself reversed by {@linkcode mixup} or by {@linkcode cutmix}, in place.
 *
 * @returns The share that each image keeps of itself, for {@linkcode mixedTargets}.
 */
export function mixBatch(
  images: ImageStack & Size,
  options: MixOptions,
  random: Random,
): number {
  const { share, region } = drawMix(images, options, random);
  if (region) cutmix(images, images, region);
  else mixup(images, share);
  return share;
}

/**
 * The targets `[batch, classes]` of a mixed batch: `share` for an image's own label and the rest
 * for its counterpart's, each smoothed.
 *
 * Source: timm's `mixup_target`.
 */
export function mixedTargets(
  labels: ArrayLike<number>,
  share: number,
  { classes, smoothing = 0 }: { classes: number; smoothing?: number },
): Float32Array {
  const count = labels.length;
  const targets = new Float32Array(count * classes).fill(smoothing / classes);
  for (let i = 0; i < count; i++) {
    targets[i * classes + labels[i]!]! += (1 - smoothing) * share;
    targets[i * classes + labels[count - 1 - i]!]! += (1 - smoothing) * (1 - share);
  }
  return targets;
}
