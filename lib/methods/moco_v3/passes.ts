import type * as tf from "@tensorflow/tfjs";
import type { MocoV3Config } from "../../configs/mod.ts";
import type { Batch } from "../../datasets/mod.ts";
import { inBatchContrast } from "../../objectives/mod.ts";
import { ema } from "../../optim/mod.ts";
import { flatten, type Named, type Tree } from "../../tree/mod.ts";
import { trainByView } from "../by_view.ts";
import { isStatistic } from "../learned.ts";
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
import { halves, headOptions, projectTwoViews } from "../two_views.ts";
import type { MocoV3State } from "./network.ts";

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
    Object.entries(flatten(network)).filter(([name]) => !isStatistic(name)),
  );
}

/** The teacher's pass: its projections are the keys. */
export function teach(
  { learner }: MocoV3State,
  { large }: Batch,
  { numbers: _, config, ...layout }: TeachOptions<MocoV3Config>,
): Lesson {
  const { features, projections: keys, statistics } = projectTwoViews(large!, learner.teacher, {
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
  const { projections, statistics } = projectTwoViews(large!, student, { config, ...layout });
  const [queries, predictor] = trainByView(projections, student.predictor, {
    ...headOptions,
    processes: layout.processes,
  });
  const [first, second] = halves(queries);
  const [firstKeys, secondKeys] = halves(targets.keys!);
  const { temperature } = config;
  const options = { temperature, processes: layout.processes };
  const total = inBatchContrast(first, secondKeys, options)
    .add(inBatchContrast(second, firstKeys, options))
    .mul<tf.Scalar>(2 * temperature);
  return { losses: { total }, intake: {}, statistics: { ...statistics, predictor } };
}
