import type * as tf from "@tensorflow/tfjs";
import { compile, type Compiled, tidy } from "../compile/mod.ts";
import type { Config } from "../configs/mod.ts";
import type { Batch } from "../datasets/mod.ts";
import {
  type Lesson,
  methodOf,
  type Preparation,
  type StepScalars,
  type StudentViews,
} from "../methods/mod.ts";
import { clip, globalNorm } from "../optim/mod.ts";
import type { Named } from "../tree/mod.ts";
import { exchange, type Exchanged } from "./exchange.ts";
import { learnedFrom, type WithGradients } from "./learn.ts";
import type { MoveLayout } from "./move.ts";
import { compileMove, type MoveParameters } from "./move_in_parts.ts";
import { precisionOf } from "./precision.ts";
import type { State } from "./state.ts";
import { lessonOf, type PassLayout } from "./teach.ts";

/** What a pass sees of a state. */
type Networks = Pick<State, "learner" | "buffers">;

/** The compiled functions of which a step is made. */
export type Parts = {
  prepare: Compiled<[State["learner"], StepScalars], Preparation> | null;
  teach: Compiled<[Networks, Batch, StepScalars], Lesson>;
  learn: Compiled<
    [Networks, StudentViews, { targets: Named; numbers: StepScalars }],
    WithGradients
  >;
  /** What processes exchange; `null` where there are no others. */
  exchange: Compiled<[Exchanged], Exchanged> | null;
  move: MoveParameters;
  /** The norm of all gradients as one vector. */
  norm: Compiled<[Named], tf.Scalar>;
  fill: Compiled<[State["buffers"], Named], State["buffers"]>;
};

/** Compiles the functions of which a step in parts is made; dispose of each. */
export function compileParts(
  config: Config,
  { together, ...layout }: PassLayout & MoveLayout,
): Parts {
  const precision = precisionOf(config);
  const method = methodOf(config);
  const { processes, exchangePrecision } = layout;
  const changes = method.prepare;
  return {
    prepare: changes
      ? compile(
        (learner: State["learner"], numbers: StepScalars) =>
          tidy(() => changes(learner, numbers, config)),
        { name: "prepare" },
      )
      : null,
    teach: compile(
      (state: Networks, batch: Batch, numbers: StepScalars) =>
        tidy(() => lessonOf(state, batch, { numbers, config, ...layout })),
      { name: "teach", precision },
    ),
    learn: compile(
      (state: Networks, views: StudentViews, options: { targets: Named; numbers: StepScalars }) =>
        tidy(() => learnedFrom(state, views, { ...options, config, ...layout })),
      { name: "learn", precision },
    ),
    exchange: processes
      ? compile(
        (share: Exchanged) =>
          tidy(() => exchange(share, { config, processes, precision: exchangePrecision })),
        { name: "exchange" },
      )
      : null,
    move: compileMove(config, { together }),
    norm: compile((gradients: Named) => tidy(() => globalNorm(clip(gradients, null)[1])), {
      name: "norm",
    }),
    fill: compile(
      (buffers: State["buffers"], intake: Named) =>
        tidy(() => method.next(buffers, intake, config)),
      { name: "fill" },
    ),
  };
}
