import type * as tf from "@tensorflow/tfjs";
import type { SimclrConfig } from "../../configs/mod.ts";
import { type RunningOptions, trainSequential } from "../../nn/mod.ts";
import { ntXent, withoutGradient } from "../../objectives/mod.ts";
import { type BackbonePassOptions, groupFeatures, type ImageGroup } from "../backbone.ts";
import type { Learned, LearnOptions, StudentViews } from "../method.ts";
import { featureSpread } from "../signs.ts";
import type { ProjectedNetwork, Projections } from "../two_views.ts";
import type { SimclrState } from "./network.ts";

/** TensorFlow's batch normalization keeps the variance of the rows themselves. */
const running: RunningOptions = { variance: "biased" };

/** The network's pass over both views of every image, which are one batch. */
export function forward(
  views: ImageGroup,
  { backbone, head }: ProjectedNetwork,
  options: BackbonePassOptions,
): Projections {
  const [features, statistics] = groupFeatures([views], backbone, { ...options, running });
  const [projections, buffers] = trainSequential(features, head, {
    activation: "relu",
    ...running,
    processes: options.processes,
  });
  return { features, projections, statistics: { backbone: statistics, head: buffers } };
}

/** The pass: each view is to find the other one of its image among all views of the batch. */
export function learn(
  { learner: { student } }: SimclrState,
  { groups: { large } }: StudentViews,
  { targets: _targets, numbers: _numbers, config, ...layout }: LearnOptions<SimclrConfig>,
): Learned {
  const { features, projections, statistics } = forward(large!, student, { config, ...layout });
  const { temperature } = config;
  return {
    losses: { total: ntXent(projections, { temperature, processes: layout.processes }) },
    intake: {},
    signs: { spread: withoutGradient<tf.Scalar>(() => featureSpread(features)) },
    statistics,
  };
}
