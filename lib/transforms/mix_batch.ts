import type { Random } from "../random/mod.ts";
import { cutmix, cutRegion, shareLeft, type Size } from "./cutmix.ts";
import { type ImageStack, mixup } from "./mixup.ts";

/** Parameters of the two Beta distributions, and the probability of `cutmix`. */
export type MixOptions = { mixup: number; cutmix: number; switchProbability: number };

/**
 * Mixes a batch with itself reversed by {@linkcode mixup} or by {@linkcode cutmix}, in place.
 *
 * Source: timm's `Mixup` in its mode `batch`.
 *
 * @returns The share that each image keeps of itself, for {@linkcode mixedTargets}.
 */
export function mixBatch(
  images: ImageStack & Size,
  options: MixOptions,
  random: Random,
): number {
  const cut = random.chance(options.switchProbability);
  const alpha = cut ? options.cutmix : options.mixup;
  const share = random.beta(alpha, alpha);
  if (!cut) {
    mixup(images, share);
    return share;
  }
  const center = { y: random.integer(images.height), x: random.integer(images.width) };
  const region = cutRegion(images, share, center);
  cutmix(images, images, region);
  return shareLeft(images, region);
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
