import type * as tf from "@tensorflow/tfjs";
import { compile, type Precision, tidy } from "../../compile/mod.ts";
import { collectingNorm, type MapNorm, scoringNorm } from "../map_norm.ts";
import type { Detector } from "./detector.ts";
import type { DetectorPass } from "./detector_losses.ts";
import { featureMaps } from "./feature_maps.ts";
import type { RoiWeights } from "./roi_align.ts";
import {
  type BoxHead,
  type BoxOutput,
  drawRegions,
  judgeRegions,
  type MaskHead,
  ofClass,
  roiFeatures,
} from "./roi_heads.ts";
import { proposeOn, type RpnOutput } from "./rpn.ts";

/** Regions as the heads see them. */
export type RegionInput = {
  maps: tf.Tensor4D[];
  weights: RoiWeights[];
  /** 1 for a region, 0 for what fills up, `[images * regions]`. */
  present: tf.Tensor1D;
};

/**
 * The parts of a detector between which boxes are chosen in plain TypeScript. What they compute
 * has one shape for all images of a size.
 */
export type DetectorPasses = {
  /** The maps of images, and what is proposed on each. */
  propose(
    images: tf.Tensor4D,
    model: Detector,
    masks?: tf.Tensor3D,
  ): { maps: tf.Tensor4D[]; outputs: RpnOutput[] };
  /** What a stage says of regions. */
  judge(regions: RegionInput, head: BoxHead): BoxOutput;
  /** The masks of the classes of regions as logits, `[images * regions, side, side]`. */
  draw(regions: RegionInput, head: MaskHead, labels: tf.Tensor1D): tf.Tensor3D;
};

/** Options of {@linkcode detectorPasses}. */
export type DetectorPassesOptions = Omit<DetectorPass, "masks"> & {
  /** Whether batch normalizations use the statistics of the batch. */
  training: boolean;
};

/** The parts of a detector, not compiled. */
export function detectorPasses({ training, ...pass }: DetectorPassesOptions): DetectorPasses {
  const normOf = (present?: tf.Tensor1D): MapNorm =>
    training ? collectingNorm({ present }).norm : scoringNorm;
  return {
    propose(images, model, masks) {
      const maps = featureMaps(images, model, { ...pass, masks, norm: normOf() });
      return { maps, outputs: maps.map((map) => proposeOn(map, model.rpn_head)) };
    },
    judge({ maps, weights, present }, head) {
      return judgeRegions(roiFeatures(maps, weights), head, { norm: normOf(present), path: "" });
    },
    draw({ maps, weights }, head, labels) {
      return ofClass(drawRegions(roiFeatures(maps, weights), head), labels);
    },
  };
}

/** The parts of a detector, compiled; dispose of them at the end. */
export function compileDetectorPasses(
  { precision, ...options }: DetectorPassesOptions & { precision?: Precision },
): DetectorPasses & Disposable {
  const { propose, judge, draw } = detectorPasses(options);
  const resources = new DisposableStack();
  const compiled = {
    propose: resources.use(
      compile((...args: Parameters<typeof propose>) => tidy(() => propose(...args)), {
        name: "propose",
        precision,
      }),
    ),
    judge: resources.use(
      compile((...args: Parameters<typeof judge>) => tidy(() => judge(...args)), {
        name: "judge",
        precision,
      }),
    ),
    draw: resources.use(
      compile((...args: Parameters<typeof draw>) => tidy(() => draw(...args)), {
        name: "draw",
        precision,
      }),
    ),
  };
  return { ...compiled, [Symbol.dispose]: () => resources.dispose() };
}
