import { recompute } from "../compile/mod.ts";
import { type Learned, methodOf, type StudentViews } from "../methods/mod.ts";
import type { Named } from "../tree/mod.ts";
import { gradientsOf } from "../optim/mod.ts";
import { learnedOf, type State } from "./state.ts";
import type { PassOptions } from "./teach.ts";

/** What a student learns from some of its views, or all. */
export type WithGradients = Learned & { gradients: Named };

/**
 * The student's pass over its views, or some of them, with the gradients of the total loss by what
 * is learned.
 */
export function learnedFrom(
  { learner, buffers }: Pick<State, "learner" | "buffers">,
  views: StudentViews,
  { targets, numbers, config, chains, ...layout }: PassOptions & { targets: Named },
): WithGradients {
  const method = methodOf(config);
  const { gradients, results } = gradientsOf(() => {
    const learned = method.learn({ learner, buffers }, views, {
      targets,
      numbers,
      config,
      chains,
      lean: layout.lean,
      processes: layout.processes,
      recompute: layout.recompute ? recompute : undefined,
    });
    return { loss: learned.losses.total, results: learned };
  }, learnedOf(learner.student, config));
  return { ...results, gradients };
}
