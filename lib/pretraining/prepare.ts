import type { Config } from "../configs/mod.ts";
import { type Learner, methodOf, type Network, type Preparation } from "../methods/mod.ts";
import { flatten, type Named, unflatten } from "../tree/mod.ts";
import type { Now } from "./now.ts";
import type { State } from "./state.ts";

/** The state as a step sees it: with what its method changes before the batch is looked at. */
export function prepareState(
  state: State,
  { now: { numbers }, config }: { now: Pick<Now, "numbers">; config: Config },
): State {
  const changes = methodOf(config).prepare?.(state.learner, numbers, config);
  return changes ? { ...state, learner: withChanges(state.learner, changes) } : state;
}

/** Networks of which some tensors are replaced. */
export function withChanges(
  { student, teacher }: Learner,
  changes: Preparation,
): Learner {
  const changed = (network: Network, named: Preparation["student"]) =>
    named ? unflatten<Network>({ ...flatten(network), ...named }) : network;
  return {
    student: changed(student, changes.student),
    ...teacher && { teacher: changed(teacher, changes.teacher) },
  };
}

/** The tensors of networks in whose places others have come. */
export function replacedBy(changes: Preparation, learner: Learner): Preparation {
  const pick = (of: Named, names: Named = {}) =>
    Object.fromEntries(Object.keys(names).map((name) => [name, of[name]!]));
  return {
    student: pick(flatten(learner.student), changes.student),
    teacher: pick(learner.teacher ? flatten(learner.teacher) : {}, changes.teacher),
  };
}
