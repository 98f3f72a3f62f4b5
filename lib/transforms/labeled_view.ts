import type { Random } from "../random/mod.ts";
import { chooseCorner, drawCorners } from "./label_crop.ts";
import {
  cropLabeled,
  fittingSize,
  flipLabeled,
  type LabeledImage,
  padLabeled,
  resizeLabeled,
} from "./labeled_image.ts";
import { distortPhotometrically, drawPhotometricDistortion } from "./photometric_distortion.ts";

/** How an image with labels is shown in training. */
export type LabeledViewPlan = {
  /** The frame into which an image fits at ratio 1: its longer and its shorter side. */
  frame: readonly [long: number, short: number];
  /** How much larger or smaller the frame becomes. */
  ratios: readonly [from: number, to: number];
  /** Side of the square crop. */
  crop: number;
  /** The share of its labeled pixels that one class may have, and below; 1 for any. */
  largestShare: number;
  /** Probability of a mirror image. */
  flip: number;
  /** Whether brightness, contrast, saturation and hue change. */
  photometric: boolean;
};

/** ImageNet's mean in whole bytes, which is about 0 once pixels are normalized. */
const MEAN = [124, 116, 104] as const;

/**
 * An image as it is shown in training, resized, cropped, mirrored and distorted at random, then
 * extended to a full square, which the original does after normalization, with zeros.
 */
export function labeledView(
  labeled: LabeledImage,
  { frame: [long, short], ratios, crop: side, ...plan }: LabeledViewPlan,
  random: Random,
): LabeledImage {
  const ratio = random.uniform(...ratios);
  const frame = [Math.trunc(long * ratio), Math.trunc(short * ratio)] as const;
  const resized = resizeLabeled(labeled, fittingSize(labeled.image, frame));
  const crop = { width: side, height: side };
  const corners = drawCorners(resized.mask, crop, random);
  const corner = chooseCorner(resized.mask, corners, { crop, largestShare: plan.largestShare });
  const cropped = cropLabeled(resized, { ...corner, ...crop });
  const { image, mask } = random.chance(plan.flip) ? flipLabeled(cropped) : cropped;
  const distorted = plan.photometric
    ? distortPhotometrically(image, drawPhotometricDistortion(random))
    : image;
  return padLabeled({ image: distorted, mask }, crop, { color: MEAN });
}
