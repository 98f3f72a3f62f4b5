import type * as tf from "@tensorflow/tfjs";
import type { SimsiamConfig } from "../../configs/mod.ts";
import { negativeCosine, withoutGradient } from "../../objectives/mod.ts";
import { trainByView } from "../by_view.ts";
import type { Learned, LearnOptions, StudentViews } from "../method.ts";
import { dimensions, featureSpread } from "../signs.ts";
import { halves, headOptions, projectTwoViews } from "../two_views.ts";
import type { SimsiamState } from "./network.ts";

/**
 * The pass over both views: from each, the projection of the other is predicted, through which no
 * gradient flows.
 */
export function learn(
  { learner: { student } }: SimsiamState,
  { groups: { large } }: StudentViews,
  { targets: _targets, numbers: _numbers, config, ...layout }: LearnOptions<SimsiamConfig>,
): Learned {
  const { features, projections, statistics } = projectTwoViews(large!, student, {
    config,
    ...layout,
  });
  const [predictions, predictor] = trainByView(projections, student.predictor, {
    ...headOptions,
    processes: layout.processes,
  });
  const [first, second] = halves(predictions);
  const [firstTarget, secondTarget] = halves(projections).map((rows) =>
    config.stopGradient ? withoutGradient(() => rows.clone()) : rows
  ) as [tf.Tensor2D, tf.Tensor2D];
  const total = negativeCosine(first, secondTarget).add(negativeCosine(second, firstTarget))
    .div<tf.Scalar>(2);
  return {
    losses: { total },
    intake: {},
    signs: withoutGradient(() => ({
      spread: featureSpread(features),
      dimensions: dimensions(projections),
    })),
    statistics: { ...statistics, predictor },
  };
}
