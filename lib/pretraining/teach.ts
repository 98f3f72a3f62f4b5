import type { Config } from "../configs/mod.ts";
import type { Batch } from "../datasets/mod.ts";
import { type Lesson, methodOf } from "../methods/mod.ts";
import type { Processes } from "../nn/mod.ts";
import type { ExchangePrecision } from "./exchange.ts";
import type { Now } from "./now.ts";
import type { State } from "./state.ts";

/** How the work of one pass is laid out; the result is the same but for rounding. */
export type PassLayout = {
  /** Independent chains of operations into which a backbone's work is cut. */
  chains?: number;
  /**
   * Whether the insides of the student's blocks are computed anew for the gradients: less memory, a
   * third more work.
   */
  recompute?: boolean;
  /**
   * Whether the weights of attention and the insides of GELU are computed anew for the gradients:
   * less memory for a tenth more work.
   */
  lean?: boolean;
  /** The processes that share the batch; by default this one is alone. */
  processes?: Processes;
  /** How their gradients travel; by default as float32. */
  exchangePrecision?: ExchangePrecision;
};

/** What a pass needs beside state and views. */
export type PassOptions = PassLayout & { numbers: Now["numbers"]; config: Config };

/**
 * What needs no gradient: the lesson of the teacher on a batch; an empty one where the method has
 * no teacher.
 */
export function lessonOf(
  { learner, buffers }: Pick<State, "learner" | "buffers">,
  batch: Batch,
  { numbers, config, chains, lean, processes }: PassOptions,
): Lesson {
  const lesson = methodOf(config).teach?.({ learner, buffers }, batch, {
    numbers,
    config,
    chains,
    lean,
    processes,
  });
  return lesson ?? { targets: {}, intake: {}, signs: {}, statistics: {} };
}
