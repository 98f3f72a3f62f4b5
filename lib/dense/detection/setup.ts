import type { DetectionConfig } from "../../configs/mod.ts";
import { type BackboneSizes, vitShapes, type VitSizes } from "../../models/mod.ts";
import type { Grid } from "../../nn/mod.ts";
import { adamw, layerDecay, type Optimizer } from "../../optim/mod.ts";
import { below, type Shapes } from "../../tree/mod.ts";
import { pyramidBlocks, pyramidShapes } from "../pyramid.ts";
import type { DetectorPass } from "./detector_losses.ts";
import { type DetectorSettings, detectorSettings } from "./settings.ts";

/** What a detector is: its recipe, the sizes of its backbone, and how many classes there are. */
export type DetectionSetup = {
  config: DetectionConfig;
  backbone: VitSizes;
  /** Rows and columns of the positions. */
  grid: Grid;
  classes: number;
};

/** Sides of the patches of which there are pyramids with strides of 4 to 32 pixels. */
const patches = [8, 16];

/**
 * A setup for the backbone of a checkpoint, without its relation blocks.
 *
 * @throws {TypeError} If it is no vision transformer.
 * @throws {RangeError} If its patches are neither of 8 nor of 16 pixels.
 */
export function detectionSetup(
  config: DetectionConfig,
  { resnet, ...sizes }: BackboneSizes,
  classes: number,
): DetectionSetup {
  if (resnet) {
    throw new TypeError(
      "Cannot detect with a residual network: the pyramid is made of the blocks of a vision " +
        "transformer",
    );
  }
  const { patchSize, imageSize } = sizes;
  if (!patches.includes(patchSize)) {
    throw new RangeError(
      `Cannot detect with patches of ${patchSize} pixels: the pyramid is meant for those of ` +
        `${patches.join(" or ")}; take a checkpoint that has them`,
    );
  }
  const side = imageSize / patchSize;
  const [rows, columns] = config.positions.map((pixels) => Math.floor(pixels / patchSize));
  const backbone = { ...sizes, relationBlocks: 0 };
  return { config, backbone, grid: rows ? [rows, columns!] : [side, side], classes };
}

/** What of a detector no tensor tells: the published settings with what the recipe changes. */
export function settingsOf({ config }: Pick<DetectionSetup, "config">): DetectorSettings {
  const { anchorScale, finest, proposals, scoredProposals } = config;
  const base = detectorSettings;
  return {
    ...base,
    anchors: { ...base.anchors, scales: [anchorScale] },
    rpn: { ...base.rpn, sample: { ...base.rpn.sample, count: config.anchorsLearned } },
    proposals: {
      training: { ...base.proposals.training, before: proposals, most: proposals },
      scoring: { ...base.proposals.scoring, before: scoredProposals, most: scoredProposals },
    },
    sample: { ...base.sample, count: config.boxesLearned },
    finest,
    results: { ...base.results, score: config.scoreThreshold, most: config.detections },
  };
}

/** What a pass through the backbone needs beside images and parameters. */
export function passOf({ backbone: { heads, depth }, grid }: DetectionSetup): DetectorPass {
  return { heads, grid, blocks: pyramidBlocks(depth) };
}

/** The tensors of a detector by path. */
export function detectorShapes({ config, backbone, grid, classes }: DetectionSetup): Shapes {
  const { width } = backbone;
  const { mapWidth: channels, headWidth } = config;
  const { stages, boxBins, anchors } = settingsOf({ config });
  const each = anchors.scales.length * anchors.ratios.length;
  const levels = [0, 1, 2, 3];
  const vit = Object.entries(vitShapes(backbone)).filter(([name]) => !name.startsWith("norm."));
  return {
    ...below("backbone", {
      ...Object.fromEntries(vit),
      pos_embed: [1, 1 + grid[0] * grid[1], width],
      ...pyramidShapes(width, { fine: backbone.patchSize === 8 }),
    }),
    ...numbered(
      "neck.lateral_convs",
      levels,
      (path) => layer(`${path}.conv`, [channels, width, 1]),
    ),
    ...numbered("neck.fpn_convs", levels, (path) => layer(`${path}.conv`, [channels, channels, 3])),
    ...layer("rpn_head.rpn_conv", [channels, channels, 3]),
    ...layer("rpn_head.rpn_cls", [each, channels, 1]),
    ...layer("rpn_head.rpn_reg", [4 * each, channels, 1]),
    ...numbered("roi_head.bbox_head", [...stages.keys()], (path) => ({
      ...numbered(`${path}.shared_convs`, levels, (path) => ({
        [`${path}.conv.weight`]: [channels, channels, 3, 3],
        ...normShapes(`${path}.bn`, channels),
      })),
      ...layer(`${path}.shared_fcs.0`, [headWidth, channels * boxBins ** 2]),
      ...layer(`${path}.fc_cls`, [classes + 1, headWidth]),
      ...layer(`${path}.fc_reg`, [4 * classes, headWidth]),
    })),
    ...numbered("roi_head.mask_head", [...stages.keys()], (path) => ({
      ...numbered(
        `${path}.convs`,
        levels,
        (path) => layer(`${path}.conv`, [channels, channels, 3]),
      ),
      ...layer(`${path}.upsample`, [channels, channels, 2]),
      ...layer(`${path}.conv_logits`, [classes, channels, 1]),
    })),
  };
}

/** The tensors of several parts of a kind. */
function numbered(path: string, numbers: readonly number[], shapes: (path: string) => Shapes) {
  return Object.assign({}, ...numbers.map((i) => shapes(`${path}.${i}`))) as Shapes;
}

/** Weight and bias of a layer, or of a convolution whose kernel has a side. */
function layer(
  path: string,
  [outputs, inputs, side]: [outputs: number, inputs: number, side?: number],
): Shapes {
  const kernel = side === undefined ? [] : [side, side];
  return { [`${path}.weight`]: [outputs, inputs, ...kernel], [`${path}.bias`]: [outputs] };
}

function normShapes(path: string, width: number): Shapes {
  const vectors = ["weight", "bias", "running_mean", "running_var"];
  return {
    ...Object.fromEntries(vectors.map((name) => [`${path}.${name}`, [width]])),
    [`${path}.num_batches_tracked`]: [],
  };
}

/** The optimizer of a detector: what lies above the blocks learns at the full rate. */
export function detectionOptimizer(
  { config: { layerDecay: decay }, backbone: { depth } }: DetectionSetup,
): Optimizer {
  return adamw({ group: layerDecay({ decay, depth, decayTokens: true }) });
}

/** Those tensors that are learned: running statistics are not. */
export function learnedOf<T>(named: Record<string, T>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(named)
      .filter(([name]) => !/\.(running_mean|running_var|num_batches_tracked)$/.test(name)),
  );
}
