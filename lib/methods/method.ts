import type * as tf from "@tensorflow/tfjs";
import type { Config, Recipe } from "../configs/mod.ts";
import type { Batch, BatchViews } from "../datasets/mod.ts";
import type { Recompute } from "../models/mod.ts";
import type { Keeping, Processes, Summing } from "../nn/mod.ts";
import type { Group, Length, OptimNumbers } from "../optim/mod.ts";
import type { Random } from "../random/mod.ts";
import type { Named, Shapes, Tree } from "../tree/mod.ts";
import type { ViewPlan } from "../transforms/mod.ts";

/**
 * A method of self-supervised learning: what a row of the paper's table is, and all that training,
 * checkpoints, the command line and reports know of it. It is a record of functions over trees of
 * named tensors: state goes in, the next state comes out, and nothing is remembered between calls.
 * The functions that take tensors are traced, so they decide nothing by a tensor's values.
 *
 * Before the first step `survey` sees all images, and before every epoch `between` looks back on
 * the last one, where a method has them. A step calls `teach`, then `learn` inside a gradient, lets
 * the optimizer move the student and the teacher follow, and calls `next`. A batch may be cut into
 * parts of its images, and the student's views into chunks: then `teach` runs once a part and
 * `learn` once a chunk, their gradients and losses are added, their intakes joined, and `next`
 * still runs once on the whole.
 *
 * @typeParam C Its configuration.
 * @typeParam S Its part of the state: the networks, and what it carries from step to step beside
 * them.
 */
export type Method<C extends Config = Config, S extends MethodState = MethodState> = Recipe<C> & {
  /**
   * The views of every image, in groups. The student's are those that `studentViews` names; a
   * teacher may see any.
   */
  views(config: C): ViewPlan;

  /** Names of the groups of views that the student learns from, in the order of its embeddings. */
  studentViews: readonly string[];

  /**
   * The tensors of the networks and buffers by their paths, `learner.student.backbone.cls_token`:
   * those of `init` and no others.
   *
   * @param images Images of the data set; by default those of a batch.
   */
  shapes(config: C, images?: number): Shapes;

  /**
   * The images of the data set for which tensors of these shapes were made; absent where none
   * depends on that.
   */
  imagesOf?(shapes: Shapes): number | undefined;

  /**
   * Refuses to learn from so many images where the method needs more.
   *
   * @throws {RangeError} If it does: why, and what to do.
   */
  checkImages?(config: C, images: number): void;

  /**
   * The networks and buffers before the first step; they depend on the arguments alone.
   *
   * @param images Images of the data set; by default those of a batch.
   */
  init(config: C, random: Random, images?: number): S;

  /**
   * Whether a tensor of the student is learned, by its name; others, such as running statistics,
   * are replaced.
   */
  learned(name: string, config: C): boolean;

  /** How a parameter differs in its update, by its name and rank. */
  groups(config: C): (name: string, rank: number) => Group;

  /**
   * The numbers of every step: those of the optimizer, `momentum` where a teacher follows the
   * student, and its own.
   *
   * @throws {RangeError} If a schedule does not fit into the run.
   */
  schedules(config: C, length: Length): (step: number) => StepNumbers;

  /**
   * The student's masks of stochastic depth, one for each group of its views; none where no path is
   * dropped.
   */
  masks(config: C, random: Random): Masks;

  /** A pass over all images before the first step, without learning; absent where none is made. */
  survey?: Survey<C, S>;

  /**
   * What changes before an epoch, the first one included. It is computed between steps, so it may
   * look at values.
   */
  between?(state: S, options: BetweenOptions<C>): BetweenEpochs<S>;

  /**
   * What changes before a step sees its batch: the next tensors of those that do, by name. So does
   * a teacher that follows before its pass, and so do prototypes that are brought to unit length.
   */
  prepare?(learner: Learner, numbers: StepScalars, config: C): Preparation;

  /** What needs no gradient: the teacher's pass over a batch, or a part of its images. */
  teach?(state: S, batch: Batch, options: TeachOptions<C>): Lesson;

  /**
   * What has a gradient: the student's pass over its views, or some of them. Runs inside the
   * gradient of `losses.total` by the learned tensors of `learner.student`. The losses of chunks
   * add up to those of all views.
   */
  learn(state: S, views: StudentViews, options: LearnOptions<C>): Learned;

  /** The buffers after a step, from its whole intake. */
  next(buffers: S["buffers"], intake: Named, config: C): S["buffers"];

  /** How the intakes of parts of a batch join, by the names of their tensors. */
  joins: Readonly<Record<string, Join>>;

  /**
   * Why a batch cannot be cut under a configuration, such as "normalize by batch in the heads";
   * else `null`.
   */
  whole?(config: C): string | null;

  /** The assignment of images to prototypes `[images, prototypes]`, where the method has such. */
  assign?(state: S, images: tf.Tensor4D, config: C): tf.Tensor2D;

  /**
   * What the official checkpoints, and ours, call the buffers: pairs of a path in `buffers` and a
   * path in the file. The networks are `student` and `teacher` in the file.
   */
  names: readonly (readonly [ours: string, file: string])[];
};

/** What a method carries from step to step. */
export type MethodState = { learner: Learner; buffers: Tree };

/**
 * The networks that learn. Their tensors have the names of the published checkpoints, the
 * backbone's under `backbone`.
 */
export type Learner = {
  student: Network;
  /** A network that follows the student; absent where the method has none. */
  teacher?: Network;
};

/** Tensors of the networks that change before a step, by name. */
export type Preparation = { student?: Named; teacher?: Named };

/** What `between` of a {@linkcode Method} needs beside the state. */
export type BetweenOptions<C> = {
  config: C;
  random: Random;
  /** The processes that share the work; by default this one is alone. */
  processes?: Summing;
};

/** What {@linkcode Method} `between` changes: tensors of the student by name, and the buffers. */
export type BetweenEpochs<S extends MethodState> = { student: Named; buffers: S["buffers"] };

/** A pass over all images before the first step. */
export type Survey<C, S> = {
  /** Names of the groups of views that it sees. */
  views: readonly string[];
  /** The pass over a batch. */
  pass(state: S, batch: Batch, options: TeachOptions<C>): Surveyed;
};

/** What a batch gives in {@linkcode Survey}. */
export type Surveyed = {
  /** What the buffers take in. */
  intake: Named;
  /** The next running statistics of the student, by the names of its tensors. */
  statistics: Tree;
};

/** A network as a tree. */
export type Network = { readonly backbone: Tree; readonly [name: string]: Tree | undefined };

/** The numbers of a step: those that the optimizer takes, and by name those of the method. */
export type StepNumbers = OptimNumbers & Record<string, number>;

/** The same numbers as tensors, so that a step is traced once for all. */
export type StepScalars = { [name in keyof OptimNumbers]: tf.Scalar } & Record<string, tf.Scalar>;

/** Masks of stochastic depth by the name of the group of views, `[depth, 2, views * batch]`. */
export type Masks = Record<string, tf.Tensor3D>;

/** How the work of a pass is laid out; the result is the same but for rounding. */
export type Layout = Keeping & {
  /** Independent chains of operations into which a backbone's work on a group of views is cut. */
  chains?: number;
  /** How blocks are run whose insides are too large to be kept for the gradients. */
  recompute?: Recompute;
  /** The processes that share the batch; by default this one is alone. */
  processes?: Processes;
};

/** What {@linkcode Method} `teach` needs beside state and batch. */
export type TeachOptions<C> = Layout & { numbers: StepScalars; config: C };

/** What a pass without gradient gives. */
export type Lesson = {
  /** What the student is compared with. */
  targets: Named;
  /** What the buffers take in. */
  intake: Named;
  /** Signs of health, such as `spread`, `targetEntropy` and `prototypeEntropy`. */
  signs: Record<string, tf.Scalar>;
  /** The next running statistics of the teacher, by the names of its tensors. */
  statistics: Tree;
};

/**
 * The student's views: groups by name, each with its mask of stochastic depth where paths are
 * dropped.
 */
export type StudentViews = {
  groups: Record<string, BatchViews & { mask?: tf.Tensor3D }>;
  /**
   * Which of all views they are, where they are not all: the place of the first one, and how many
   * there are in all.
   */
  range?: { first: number; of: number };
};

/** What {@linkcode Method} `learn` needs beside state and views. */
export type LearnOptions<C> = Layout & {
  /** From `teach`; empty without a teacher. */
  targets: Named;
  numbers: StepScalars;
  config: C;
};

/** What a pass with gradient gives. */
export type Learned = {
  losses: Losses;
  /** What the buffers take in; of chunks each gives other tensors, or none. All are new tensors. */
  intake: Named;
  /** Signs of health, where the student gives them. */
  signs?: Record<string, tf.Scalar>;
  /** The next running statistics of the student, by the names of its tensors. */
  statistics: Tree;
};

/** Losses by name; `total` is the one that is learned from. */
export type Losses = { total: tf.Scalar } & Record<string, tf.Scalar>;

/**
 * Joins parts of a batch: `views` view after view, `rows` one after the other, `mean` by their
 * mean.
 */
export type Join = "views" | "rows" | "mean";
