import type { Config } from "../configs/mod.ts";
import { methodOf } from "../methods/mod.ts";
import type { Summing } from "../nn/mod.ts";
import { Random } from "../random/mod.ts";
import { withChanges } from "./prepare.ts";
import type { State } from "./state.ts";

/**
 * The state as an epoch finds it, from the one that the last epoch left, by what its method does
 * between epochs; it shares with that one all that stays. It depends on the state, the seed and the
 * epoch alone, so that a run can continue at the border of epochs, too.
 *
 * @param epoch Epochs of steps before this one.
 * @param options `processes`: those that share the work; by default this one is alone.
 */
export function betweenEpochs(
  state: State,
  epoch: number,
  { config, processes }: { config: Config; processes?: Summing },
): State {
  const { learner, buffers, ...rest } = state;
  const random = new Random(`${config.seed}/between epochs/${epoch}`);
  const changes = methodOf(config).between?.({ learner, buffers }, { config, random, processes });
  if (!changes) return state;
  const { student, buffers: next } = changes;
  return { ...rest, learner: withChanges(learner, { student }), buffers: next };
}
