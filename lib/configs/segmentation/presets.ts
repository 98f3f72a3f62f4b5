import { checkOptions } from "../check_fields.ts";
import type { SegmentationConfig } from "./config.ts";
import { segmentationFields } from "./fields.ts";

/**
 * UPerNet on ViT-S/16, fine-tuned on ADE20K: 4 GPUs of 4 images each, 160,000 steps. Class token
 * and positions decay, as the official list of exceptions does not match their names.
 *
 * Source: Mugs' `vit_small_512_ade20k_160k.py` and `train_semantic_segmentation.sh`, which are
 * iBOT's; iBOT reports a mean IoU of 45.4 %, and Mugs none.
 */
const vitSmallUperNet: Readonly<SegmentationConfig> = Object.freeze<SegmentationConfig>({
  protocol: "segmentation",
  preset: "vit_small_upernet",
  batchSize: 16,
  epochs: 127,
  steps: 160_000,
  seed: 0,
  precision: "auto",

  head: "upernet",
  readBlocks: "four",
  finalNorm: true,
  frozen: false,
  channels: 384,
  auxiliaryChannels: 256,
  auxiliaryWeight: 0.4,
  dropout: 0.1,
  dropPath: 0.1,

  learningRate: 3e-5,
  minLearningRate: 0,
  power: 1,
  warmupSteps: 1500,
  warmupShare: 1e-6,
  weightDecay: 0.05,
  layerDecay: 0.9,
  lossDivisor: "all",

  crop: 512,
  scale: [0.5, 2],
  largestShare: 0.75,
  flip: 0.5,
  photometric: true,
  scoring: "slide",
  stride: 341,
});

function changed(
  preset: string,
  base: Readonly<SegmentationConfig>,
  values: Partial<SegmentationConfig>,
): Readonly<SegmentationConfig> {
  return Object.freeze({ ...base, ...values, preset });
}

/**
 * UPerNet on ViT-B/16: 8 GPUs of 2 images each. Source: iBOT's `evaluation/README.md` and
 * `vit_base_512_ade20k_160k.py`; DINO has a mean IoU of 46.8 %, iBOT of 50.0 %.
 */
const vitBaseUperNet = changed("vit_base_upernet", vitSmallUperNet, {
  channels: 768,
  learningRate: 8e-5,
  layerDecay: 0.65,
});

/**
 * A linear head on four frozen blocks of ViT-B/16: 4 GPUs of 4 images each. Source: iBOT's
 * `evaluation/README.md` and `linear/vit_base_512_ade20k_160k.py`; DINO has a mean IoU of 34.5 %,
 * iBOT of 38.3 %.
 */
const vitBaseLinear = changed("vit_base_linear", vitSmallUperNet, {
  head: "linear",
  frozen: true,
  dropout: 0,
  dropPath: 0,
  learningRate: 8e-4,
  layerDecay: 1,
});

/** A linear head on the last block of a small network, in a minute. */
const tiny = changed("tiny", vitBaseLinear, {
  batchSize: 16,
  epochs: 10,
  steps: null,
  readBlocks: "last",
  learningRate: 1e-2,
  warmupSteps: 10,
  crop: 96,
  scale: [0.75, 1.5],
  photometric: false,
  scoring: "whole",
  stride: null,
});

/** UPerNet behind a small network, which is fine-tuned with it. */
const tinyUperNet = changed("tiny_upernet", tiny, {
  head: "upernet",
  frozen: false,
  channels: 32,
  auxiliaryChannels: 32,
  learningRate: 5e-4,
  layerDecay: 0.9,
});

/** The recipes of segmentation by name; the first one of a head is its default. */
export const segmentationPresets: Readonly<Record<string, Readonly<SegmentationConfig>>> = Object
  .freeze({
    tiny,
    tiny_upernet: tinyUperNet,
    vit_small_upernet: vitSmallUperNet,
    vit_base_upernet: vitBaseUperNet,
    vit_base_linear: vitBaseLinear,
  });

/**
 * The name of the recipe that a request means: by default the first one of its head, which is
 * linear unless another is named.
 */
export function segmentationPreset(
  { preset, head = "linear" }: { preset?: string; head?: string },
): string {
  const [fitting] = Object.values(segmentationPresets).filter((config) => config.head === head);
  return preset ?? fitting?.preset ?? "tiny";
}

/**
 * A recipe by its name, with other values in place of its own.
 *
 * @throws {RangeError} If there is no such preset, a field does not take its value, or values do
 * not fit together.
 * @throws {TypeError} If there is no such field: its name, and the one that was probably meant.
 */
export function configureSegmentation(
  { preset, overrides = {} }: { preset?: string; overrides?: Partial<SegmentationConfig> } = {},
): Readonly<SegmentationConfig> {
  const name = segmentationPreset({ preset, head: overrides.head });
  const base = Object.hasOwn(segmentationPresets, name) ? segmentationPresets[name] : undefined;
  if (!base) {
    const names = Object.keys(segmentationPresets).join(", ");
    throw new RangeError(`There is no preset "${name}" of segmentation: choose ${names}`);
  }
  const fields: Readonly<Record<string, unknown>> = base;
  const changes = Object.fromEntries(
    Object.entries(overrides).filter(([name, value]) =>
      value !== undefined && value !== fields[name]
    ),
  );
  checkOptions(changes, segmentationFields);
  const config = { ...base, ...changes };
  // As on the command line, passes that are named replace the steps of the preset.
  if (changes.epochs !== undefined && changes.steps === undefined) config.steps = null;
  checkSegmentation(config);
  return Object.freeze(config);
}

/**
 * Refuses what each field allows but not all together.
 *
 * @throws {RangeError} If fields do not fit together, naming them between backquotes, as in code.
 */
function checkSegmentation({ scale: [from, to], largestShare }: SegmentationConfig): void {
  if (from > to) throw new RangeError(`\`scale\` ${from},${to} begins above its end`);
  if (largestShare <= 0) throw new RangeError("`largestShare` takes a share above 0");
}
