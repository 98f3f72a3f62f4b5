import type { Fact, TrainingState } from "../training/mod.ts";
import { dispose } from "../tree/mod.ts";

/** When and by what the states of a training are scored. */
export type Scoring<F, Scores> = {
  /** Steps between evaluations; the last step is always evaluated. */
  every: number;
  /** The scores of the state of a fact. */
  score(fact: F): Promise<Scores>;
};

/**
 * Passes facts on, now and then with the scores of their states. A state that cannot be scored is
 * disposed of: the run goes on from its last checkpoint.
 */
export async function* withScores<
  F extends Pick<Fact, "step" | "steps"> & { state: TrainingState },
  Scores,
>(
  facts: AsyncIterable<F>,
  { every, score }: Scoring<F, Scores>,
): AsyncGenerator<F | F & Scores, void, void> {
  for await (const fact of facts) {
    const { step, steps, state } = fact;
    if (step % every !== 0 && step !== steps) {
      yield fact;
      continue;
    }
    const scores = await score(fact).catch((error) => {
      dispose(state);
      throw error;
    });
    yield { ...fact, ...scores };
  }
}
