import { type Image, resize } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
import { lazyImage } from "./lazy_image.ts";
import type { PhotometricChange } from "./photometric_change.ts";
import { drawOperations, lazyOperations, type RandAugmentOptions } from "./rand_augment.ts";
import { type Erased, randomErased } from "./random_erasing.ts";
import { locate, original, randomRegion } from "./random_resized_crop.ts";

/** A strongly augmented view: its size, and how it is changed. */
export type StrongViewOptions = RandAugmentOptions & {
  /** Side in pixels. */
  size: number;
  /** Least and greatest part of the image's area that it shows. */
  scale: readonly [number, number];
  /** Probability of a mirror image. */
  flip: number;
  /** Probability that a part is erased. */
  erasing: number;
};

/**
 * A view, how its bytes are changed yet where a device does that, and the part that is erased once
 * it is network input.
 */
export type View = Image & { change?: PhotometricChange; erased?: Erased };

/**
 * Flip and RandAugment of the whole image, a random resized crop of it, and a part that is erased,
 * in the order of Mugs; only the part of the image that the crop shows is augmented.
 *
 * Source: Mugs' strong augmentation, which is timm's with the crop moved behind RandAugment.
 */
export function strongView(image: Image, options: StrongViewOptions, random: Random): View {
  const { size, scale } = options;
  const whole = lazyImage(image, { mirror: random.chance(options.flip) });
  const augmented = lazyOperations(whole, drawOperations(options, random));
  const { region, part } = locate(randomRegion(original(image), scale, random), image);
  const view: View = resize(augmented.part(region), { width: size, height: size }, { part });
  const erased = random.chance(options.erasing) ? randomErased(view, random) : null;
  return erased ? { ...view, erased } : view;
}
