import type { Image } from "../images/mod.ts";
import type { Random } from "../random/mod.ts";
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
  blur: number;
  /** Of the second large view only. */
  solarize: number;
  /**
   * The student gets the teacher's two large views instead of two of its own (the reference's `vanilla_weak_augmentation`),
   * which halves the cost of making them. Off by default.
   */
  sharedCrops?: boolean;
};

/** The views of one image. */
export type Views = {
  teacher: [Image, Image];
  student: [Image, Image];
  local: Image[];
  /** Whether the student's large views were weakly augmented: only those enter its memory. */
  weak: boolean;
};

/**
 * Two large views for the teacher, two for the student and some small ones, all weakly augmented.
 *
 * Where the reference blurs the first large view always, the second with probability 0.1 and the small ones with 0.5, one
 * probability serves for all here.
 *
 * Source: Mugs, section 4 and `multicropdataset.py`; the weak augmentation is DINO's.
 */
export function multiCrop(image: Image, config: CropsConfig, random: Random): Views {
  const first: ViewOptions = {
    ...config,
    size: config.globalSize,
    scale: config.globalScale,
    solarize: 0,
  };
  const second: ViewOptions = { ...first, solarize: config.solarize };
  const small: ViewOptions = { ...first, size: config.localSize, scale: config.localScale };
  const pair = (): [Image, Image] => [
    weakView(image, first, random),
    weakView(image, second, random),
  ];
  const teacher = pair();
  const student = config.sharedCrops ? teacher : pair();
  const local = Array.from({ length: config.localCrops }, () => weakView(image, small, random));
  return { teacher, student, local, weak: true };
}
