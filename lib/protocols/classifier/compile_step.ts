import { compile, type Precision, tidy } from "../../compile/mod.ts";
import type { ClassifierSetup } from "./setup.ts";
import type { ClassifierState } from "./state.ts";
import {
  type ClassifierBatch,
  type ClassifierFacts,
  type ClassifierLayout,
  type ClassifierNow,
  classifierStep,
} from "./step.ts";
import { stepOfParts } from "./step_of_parts.ts";

/** A step that is compiled. */
export type CompiledClassifierStep =
  & Disposable
  & ((
    state: ClassifierState,
    batch: ClassifierBatch,
    now: ClassifierNow,
  ) => [ClassifierState, ClassifierFacts]);

/** Options of {@linkcode compileClassifierStep}. */
export type CompileClassifierOptions = ClassifierLayout & {
  /** Precision of matrix products. */
  precision?: Precision;
  /** Parts of a batch that are computed one after the other; they divide it. */
  accumulate?: number;
};

/**
 * Compiles {@linkcode classifierStep}; dispose of it when the run ends.
 *
 * @throws {RangeError} If the batch cannot be cut into the parts.
 */
export function compileClassifierStep(
  setup: ClassifierSetup,
  { accumulate = 1, precision = "float32", ...layout }: CompileClassifierOptions = {},
): CompiledClassifierStep {
  checkClassifierParts(setup, accumulate);
  if (accumulate > 1) return stepOfParts(setup, { accumulate, precision, ...layout });
  return compile(
    (state: ClassifierState, batch: ClassifierBatch, now: ClassifierNow) =>
      tidy(() => classifierStep(state, batch, { now, setup, ...layout })),
    { name: "classifier", precision },
  );
}

/**
 * Refuses parts into which a batch cannot be cut.
 *
 * @throws {RangeError} If it is so.
 */
export function checkClassifierParts(
  { config: { batchSize }, backbone }: ClassifierSetup,
  parts: number,
): void {
  if (parts > 1 && backbone.resnet) {
    throw new RangeError(
      `Cannot compute a batch in ${parts} parts: a residual network needs the statistics of the ` +
        "whole batch; leave out `accumulate`",
    );
  }
  if (batchSize % parts === 0) return;
  throw new RangeError(
    `\`batchSize\` ${batchSize} cannot be cut into \`accumulate\` ${parts} equal parts`,
  );
}
