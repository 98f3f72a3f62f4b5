import { checkOptions } from "../check_fields.ts";
import type { DetectionConfig } from "./config.ts";
import { detectionFields } from "./fields.ts";

/**
 * Cascade Mask R-CNN on ViT-S/16, fine-tuned on COCO 2017: 8 GPUs of 4 images each, 12 epochs.
 * Class token and positions decay, as the official list of exceptions does not match their names.
 *
 * Source: Mugs' `vit_small_giou_4conv1f_coco_1x.py`, and for what that takes over iBOT's
 * `cascade_mask_rcnn_vit_fpn.py`. iBOT has 49.4 % box AP and 42.6 % mask AP; of Mugs no number was
 * found.
 */
const vitSmall: Readonly<DetectionConfig> = Object.freeze<DetectionConfig>({
  protocol: "detection",
  preset: "vit_small_coco_1x",
  batchSize: 32,
  epochs: 12,
  steps: null,
  seed: 0,
  precision: "auto",

  positions: [800, 1008],
  mapWidth: 256,
  headWidth: 1024,
  dropPath: 0.1,
  anchorScale: 8,
  finest: 56,

  anchorsLearned: 256,
  boxesLearned: 512,
  proposals: 2000,
  scoredProposals: 1000,
  detections: 100,
  scoreThreshold: 0.05,

  learningRate: 2e-4,
  fallAfter: [8, 11],
  fallFactor: 0.1,
  warmupSteps: 500,
  warmupShare: 0.001,
  weightDecay: 0.05,
  layerDecay: 0.8,

  shortSides: [480, 512, 544, 576, 608, 640, 672, 704, 736, 768, 800],
  longSide: 1333,
  flip: 0.5,
  cropShare: 0.5,
  cropShortSides: [400, 500, 600],
  cropSides: [384, 600],
  scoredSide: 800,
  padMultiple: 32,
});

/**
 * The same on ViT-B/16: 8 GPUs of 2 images each. Source: iBOT's `evaluation/README.md` and
 * `vit_base_giou_4conv1f_coco_3x.py`. DINO has 50.1 % box AP and 43.4 % mask AP, iBOT 51.2 and
 * 44.2 %.
 */
const vitBase: Readonly<DetectionConfig> = Object.freeze<DetectionConfig>({
  ...vitSmall,
  preset: "vit_base_coco_1x",
  batchSize: 16,
  positions: [672, 1092],
  dropPath: 0.2,
  learningRate: 1e-4,
  layerDecay: 0.75,
});

/** A small detector for small images, in minutes. */
const tiny: Readonly<DetectionConfig> = Object.freeze<DetectionConfig>({
  ...vitSmall,
  preset: "tiny",
  batchSize: 8,
  positions: [0, 0],
  mapWidth: 32,
  headWidth: 64,
  dropPath: 0,
  anchorScale: 4,
  finest: 14,

  anchorsLearned: 64,
  boxesLearned: 32,
  proposals: 100,
  scoredProposals: 50,
  detections: 20,

  learningRate: 1e-3,
  warmupSteps: 20,

  shortSides: [96],
  longSide: 160,
  cropShare: 0,
  scoredSide: 96,
});

/** The recipes of detection by name; the first one is the default. */
export const detectionPresets: Readonly<Record<string, Readonly<DetectionConfig>>> = Object.freeze({
  tiny,
  vit_small_coco_1x: vitSmall,
  vit_base_coco_1x: vitBase,
});

/**
 * A recipe by its name, with other values in place of its own.
 *
 * @throws {RangeError} If there is no such preset, a field does not take its value, or values do
 * not fit together.
 * @throws {TypeError} If there is no such field: its name, and the one that was probably meant.
 */
export function configureDetection(
  { preset = "tiny", overrides = {} }: {
    preset?: string;
    overrides?: Partial<DetectionConfig>;
  } = {},
): Readonly<DetectionConfig> {
  const base = Object.hasOwn(detectionPresets, preset) ? detectionPresets[preset] : undefined;
  if (!base) {
    const names = Object.keys(detectionPresets).join(", ");
    throw new RangeError(`There is no preset "${preset}" of detection: choose ${names}`);
  }
  const fields: Readonly<Record<string, unknown>> = base;
  const changes = Object.fromEntries(
    Object.entries(overrides).filter(([name, value]) =>
      value !== undefined && value !== fields[name]
    ),
  );
  checkOptions(changes, detectionFields);
  const config = { ...base, ...changes };
  checkDetection(config);
  return Object.freeze(config);
}

/**
 * Refuses what each field allows but not all together.
 *
 * @throws {RangeError} If fields do not fit together, naming them between backquotes, as in code.
 */
function checkDetection(
  { cropSides: [from, to], padMultiple, positions }: DetectionConfig,
): void {
  if (from > to) throw new RangeError(`\`cropSides\` ${from},${to} begins above its end`);
  if (padMultiple % 32) {
    throw new RangeError(`\`padMultiple\` takes a multiple of 32, not ${padMultiple}`);
  }
  if (positions.some((side) => side === 0) && positions.some((side) => side !== 0)) {
    throw new RangeError("`positions` takes a height and a width, or 0,0");
  }
}
