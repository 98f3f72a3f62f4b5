import * as tf from "@tensorflow/tfjs";
import type { MocoV3Config } from "../../configs/mod.ts";
import type { Batch } from "../../datasets/mod.ts";
import { inBatchContrast } from "../../objectives/mod.ts";
import { ema } from "../../optim/mod.ts";
import { flatten, type Named, type Tree } from "../../tree/mod.ts";
import { type BackbonePassOptions, groupFeatures, type ImageGroup, viewsOf } from "../backbone.ts";
import { trainByView } from "../by_view.ts";
import type {
  Learned,
  Learner,
  LearnOptions,
  Lesson,
  Preparation,
  StepScalars,
  StudentViews,
  TeachOptions,
} from "../method.ts";
import { featureSpread } from "../signs.ts";
import type { MocoV3State, MocoV3Teacher } from "./network.ts";

/** How the layers of all heads are run. */
export const headOptions = { views: 2, activation: "relu" } as const;

/** What a network makes of two views, `[2 * batch, ...]`. */
export type MocoV3Output = {
  features: tf.Tensor2D;
  projections: tf.Tensor2D;
  /** The next running statistics, by the names of the network's tensors. */
  statistics: { backbone: Tree; head: Tree };
};

/** A network's pass over two views of every image, each of which is a batch of its own. */
export function forward(
  views: ImageGroup,
  { backbone, head }: MocoV3Teacher,
  options: BackbonePassOptions,
): MocoV3Output {
  const [features, statistics] = groupFeatures(viewsOf(views, 2), backbone, options);
  const [projections, buffers] = trainByView(features, head, headOptions);
  return { features, projections, statistics: { backbone: statistics, head: buffers } };
}

/**
 * The teacher follows before it sees the batch, toward the student as it is.
 *
 * Source: `_update_momentum_encoder` in moco/builder.py, which is called between queries and keys.
 */
export function prepare({ student, teacher }: Learner, { keyMomentum }: StepScalars): Preparation {
  return { teacher: ema(parametersOf(teacher!), flatten(student), keyMomentum!) };
}

/** The tensors of a network that are no running statistics. */
function parametersOf(network: Tree): Named {
  return Object.fromEntries(
    Object.entries(flatten(network)).filter(([name]) => !/\.(running_|num_batches)/.test(name)),
  );
}

/** The teacher's pass: its projections are the keys. */
export function teach(
  { learner }: MocoV3State,
  { large }: Batch,
  { numbers: _, config, ...layout }: TeachOptions<MocoV3Config>,
): Lesson {
  const { features, projections: keys, statistics } = forward(large!, learner.teacher, {
    config,
    ...layout,
  });
  return { targets: { keys }, intake: {}, signs: { spread: featureSpread(features) }, statistics };
}

/** The student's pass: each view is to find the other one of its image among those of the batch. */
export function learn(
  { learner: { student } }: MocoV3State,
  { groups: { large } }: StudentViews,
  { targets, numbers: _, config, ...layout }: LearnOptions<MocoV3Config>,
): Learned {
  const { projections, statistics } = forward(large!, student, { config, ...layout });
  const [queries, predictor] = trainByView(projections, student.predictor, headOptions);
  const [first, second] = tf.split(queries, 2) as [tf.Tensor2D, tf.Tensor2D];
  const [firstKeys, secondKeys] = tf.split(targets.keys!, 2) as [tf.Tensor2D, tf.Tensor2D];
  const { temperature } = config;
  const total = inBatchContrast(first, secondKeys, { temperature })
    .add(inBatchContrast(second, firstKeys, { temperature }))
    .mul<tf.Scalar>(2 * temperature);
  return { losses: { total }, intake: {}, statistics: { ...statistics, predictor } };
}
