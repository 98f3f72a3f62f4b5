import type { Image } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
import type { ErasingNoise } from "./random_erasing.ts";
import { strongView, type View } from "./strong_view.ts";
import { type ViewOptions, weakView } from "./weak_view.ts";

/** How views are made. Those named after an operation without further words are its probability. */
export type CropsConfig = {
  /** Side of the large views in pixels, and the part of the image's area they show. */
  globalSize: number;
  globalScale: [number, number];
  /** Side of the small views in pixels, and the part of the image's area they show. */
  localSize: number;
  localScale: [number, number];
  /** Small views of an image. */
  localCrops: number;
  flip: number;
  jitter: number;
  /** Greatest change of brightness, contrast, saturation and hue. */
  jitterStrength: [number, number, number, number];
  grayscale: number;
  /** Of the small views. */
  blur: number;
  /** Of the two large views; by default that of the small ones. */
  globalBlur?: [number, number];
  /** Of the second large view only. */
  solarize: number;
  /**
   * The student gets the teacher's two large views instead of two of its own (the reference's `vanilla_weak_augmentation`),
   * which halves the cost of making them. Off by default. As there, a small view may still be strongly augmented.
   */
  sharedCrops?: boolean;
  /**
   * Probability that the student's two large views are strongly augmented, both together, and that each small view is, by
   * itself; 0 by default. The other operations are those of weakly augmented views.
   */
  strongShare?: number;
  /** Mean magnitude (of 10) and deviation of RandAugment in strongly augmented views; 9 and 0.5 by default. */
  randAugment?: [number, number];
  /** Probability that a part of a strongly augmented view is erased; 0.25 by default. */
  erasing?: number;
  /** Of what the noise is that takes its place; `input` by default. */
  erasingNoise?: ErasingNoise;
};

/** The views of one image. */
export type Views = {
  teacher: [View, View];
  student: [View, View];
  local: View[];
  /** Whether the student's large views were weakly augmented: only those enter its memory. */
  weak: boolean;
};

/**
 * Two large views for the teacher, two for the student and some small ones. The teacher's are weakly augmented; a draw
 * decides for the student's two, and another for each small one.
 *
 * Source: Mugs, section 4 and `multicropdataset.py`; the weak augmentation is DINO's.
 */
export function multiCrop(image: Image, config: CropsConfig, random: Random): Views {
  const { globalBlur: [first, second] = [config.blur, config.blur], strongShare = 0 } = config;
  type Size = Pick<ViewOptions, "size" | "scale">;
  const large: Size = { size: config.globalSize, scale: config.globalScale };
  const small: Size = { size: config.localSize, scale: config.localScale };
  const weak = (options: Size & Partial<Pick<ViewOptions, "blur" | "solarize">>) =>
    weakView(image, { ...config, solarize: 0, ...options }, random);
  const weakPair = (): [View, View] => [
    weak({ ...large, blur: first }),
    weak({ ...large, blur: second, solarize: config.solarize }),
  ];
  const { flip, randAugment: [magnitude, deviation] = [9, 0.5], erasing = 0.25 } = config;
  const strong = (options: Size) =>
    strongView(image, { ...options, flip, magnitude, deviation, erasing }, random);
  const isWeak = () => strongShare === 0 || !random.chance(strongShare);

  const teacher = weakPair();
  const weakStudent = config.sharedCrops === true || isWeak();
  const strongPair = (): [View, View] => [strong(large), strong(large)];
  const student = config.sharedCrops ? teacher : weakStudent ? weakPair() : strongPair();
  const local = Array.from(
    { length: config.localCrops },
    () => isWeak() ? weak(small) : strong(small),
  );
  return { teacher, student, local, weak: weakStudent };
}
