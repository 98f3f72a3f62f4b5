import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertGreater } from "@std/assert";
import type { BackboneConfig, Config } from "../configs/mod.ts";
import type { Batch } from "../datasets/mod.ts";
import {
  type Losses,
  methodOf,
  type MethodState,
  type Network,
  type StepNumbers,
} from "../methods/mod.ts";
import { measureResnet } from "../models/resnet/measure.ts";
import { clip, isLast } from "../optim/mod.ts";
import {
  apply,
  compileStep,
  gradients,
  initState,
  lengthOf,
  type Now,
  now as nowOf,
  type Pass,
  prepareState,
  type State,
} from "../pretraining/mod.ts";
import { replace } from "../training/mod.ts";
import { dispose, flatten, type Named, type Tree, unflatten } from "../tree/mod.ts";
import { shapeLines } from "./differentiate.ts";
import { type Golden, golden, type GoldenOptions } from "./goldens.ts";
import { onSomeSide } from "./kinks.ts";

/** A run that an official program recorded, and how to repeat it. */
export type OfficialRun = {
  config: Config;
  /** Steps of an epoch. */
  stepsPerEpoch: number;
  /** Images of the data set, where the state depends on them. */
  images?: number;
  /** What happens before a step, such as the work between epochs. */
  before?(state: State, step: number): State;
  /** Compares what a step has left with more of the file. */
  after?(state: State, step: number): void;
  batch(step: number): Batch;
  /**
   * What the file calls a tensor of the networks (`student.backbone.norm.bias`) or of the buffers;
   * `null` where the file has none, which then begins as ours does.
   */
  official(name: string): string | null;
  /** Our names of tensors that the file does not hold at the start, and which begin as ours do. */
  fresh?: readonly string[];
  /** The first name of a tensor to which the file gives two; by default each has one. */
  repeated?(stored: string): string;
  /** Reads a tensor that the file has in another form, such as `init.memory`; else `null`. */
  read?(stored: string): tf.Tensor | null;
  /** The tensors of a state in the forms that the file has, by its names; by default as ours. */
  derived?(named: Named): Named;
  /** What the networks give at a step, by the names of the file: `k1` is `it0.k1` at first. */
  outputs?(state: MethodState, batch: Batch): Named;
  /** The rows of the outputs in the order of the file, where a batch has another one. */
  rows?(step: number): tf.Tensor1D;
  /** The numbers of a step, beside its learning rate, as the file has them. */
  // deno-lint-ignore no-explicit-any
  numbers?(recorded: any): Record<string, number>;
  /** The losses of a step as the file has them; by default the total one, as `loss`. */
  // deno-lint-ignore no-explicit-any
  losses?(recorded: any): Record<string, number>;
};

/** Options of {@linkcode officialSteps}. */
export type OfficialStepsOptions = Pick<GoldenOptions, "files" | "backends"> & {
  /** The name by which the tolerance of a gradient's norm is found; by default the gradient's. */
  normTolerance?: string;
  /**
   * Whether a unit of the recorded network lies so near the kink of its ReLU that rounding decides;
   * see {@linkcode onSomeSide}.
   */
  kinks?: boolean;
};

/**
 * Registers the test that a method's steps are those of a recorded run: its losses, gradients and
 * their norms, rates, and all that the file holds of the networks and the buffers.
 */
export function officialSteps(
  set: string,
  repeat: (g: Golden) => OfficialRun,
  { normTolerance, kinks = false, ...options }: OfficialStepsOptions = {},
): void {
  const settled = kinks
    ? onSomeSide
    : (compare: Parameters<typeof onSomeSide>[0]) => compare((batch) => batch);
  golden(set, "steps have the official losses, gradients and state", (g, run) => {
    const official = repeat(g);
    compareInputs(g, official);
    const { config, stepsPerEpoch } = official;
    const length = lengthOf(config, stepsPerEpoch * config.batchSize);
    const numbers = methodOf(config).schedules(config, length);
    const half = run((state: State, batch: Batch, now: Now) => {
      const ready = prepareState(state, { now, config });
      const pass = gradients(ready, batch, { now, config });
      const { learner, buffers } = ready;
      return {
        learner,
        pass,
        norms: clip(pass.gradients, null)[1],
        outputs: official.outputs?.({ learner, buffers }, batch) ?? {},
      };
    });
    const other = run((state: State, pass: Pass, now: Now) =>
      apply(state, pass, { now, config })[0]
    );
    settled((changed) => {
      let state = officialState(g, official);
      for (const t of g.json.iterations.keys()) {
        const now = nowOf(numbers(t), t, config);
        state = official.before?.(state, t) ?? state;
        const { learner, pass, norms, outputs } = half(state, changed(official.batch(t)), now);
        compareLosses(g, pass.losses, { t, official });
        compareNumbers(g, numbers(t), { t, official });
        for (const [name, output] of Object.entries(outputs)) {
          const rows = official.rows?.(t);
          g.near(rows ? output.gather(rows) : output, `it${t}.${name}`);
        }
        compareGradients(g, pass.gradients, { t, official });
        compareStill(g, learner.student, { t, official, frozen: numbers(t).frozen === 1 });
        compareNorms(g, norms, { t, official, normTolerance });
        state = other({ ...state, learner }, pass, now);
        compareState(g, state, { t, official });
        official.after?.(state, t);
        state = resumed(g, state, { t, official });
      }
      compareMomentum(g, state, { t: g.json.iterations.length, official });
    });
  }, { compiled: true, ...options });

  golden(set, "steps in parts have the official state and leave nothing else", (g) => {
    const official = repeat(g);
    const { config, stepsPerEpoch } = official;
    const length = lengthOf(config, stepsPerEpoch * config.batchSize);
    const numbers = methodOf(config).schedules(config, length);
    using step = compileStep(config, { parts: true });
    settled((changed) => {
      let state = officialState(g, official);
      for (const t of g.json.iterations.keys()) {
        const batch = changed(official.batch(t)), now = nowOf(numbers(t), t, config);
        state = official.before?.(state, t) ?? state;
        const before = tf.memory().numTensors;
        const [next, facts] = step(state, batch, now);
        replace(state, next);
        dispose(facts);
        assertEquals(tf.memory().numTensors, before);
        compareState(g, next, { t, official });
        official.after?.(next, t);
        state = resumed(g, next, { t, official });
      }
    });
  }, options);
}

/** The state before the first step: the tensors of the file in the places of ours. */
export function officialState(
  g: Golden,
  { config, images, official, read, fresh: ours = [] }: OfficialRun,
): State {
  const { step, learner, optimizer, buffers } = initState(config, images);
  const fresh = { ...flatten(learner), ...flatten(buffers) };
  const stored = (tree: Parameters<typeof flatten>[0]) =>
    Object.fromEntries(
      Object.entries(flatten(tree)).map(([name, tensor]) => {
        const theirs = official(name);
        if (theirs === null || ours.includes(name)) return [name, tensor];
        return [name, read?.(`init.${theirs}`) ?? g.tensor(`init.${theirs}`)];
      }),
    );
  assertEquals(
    Object.entries(methodOf(config).shapes(config, images)).map(([name, shape]) =>
      `${name.replace(/^(learner|buffers)\./, "")} ${shape}`
    ).sort(),
    shapeLines(fresh),
  );
  const state = { learner: stored(learner), buffers: stored(buffers) };
  assertEquals(shapeLines({ ...state.learner, ...state.buffers }), shapeLines(fresh));
  return {
    step,
    optimizer,
    learner: unflatten<MethodState["learner"]>(state.learner),
    buffers: unflatten(state.buffers),
  };
}

/** The sizes of a recorded backbone: a vision transformer's from its arguments, or measured. */
export function backboneOf(g: Golden, prefix: string): Partial<BackboneConfig> {
  const { vit } = g.json.config;
  if (!vit) {
    const names = g.names.filter((name) => name.startsWith(prefix));
    const shapes = Object.fromEntries(
      names.map((name) => [name.slice(prefix.length), g.shape(name)]),
    );
    return { resnet: measureResnet(shapes, g.set) };
  }
  return {
    imageSize: [vit.img_size].flat()[0],
    patchSize: vit.patch_size,
    width: vit.embed_dim,
    depth: vit.depth,
    heads: vit.num_heads,
    mlpRatio: vit.mlp_ratio ?? 4,
  };
}

/** The pictures have the official sums, and tensors that stand in two places are the same. */
function compareInputs(g: Golden, { repeated = (name) => name }: OfficialRun) {
  for (const name of g.names.filter((name) => name.endsWith(".input_sums_f64"))) {
    const [step] = name.split(".");
    const sums = Array.from(g.values(name), (_, crop) => {
      let sum = 0;
      for (const value of g.picture(`${step}.crop${crop}.base_u8`).dataSync()) sum += value;
      return sum;
    });
    g.near(sums, name);
  }
  for (const name of g.names.filter((name) => name.startsWith("init."))) {
    if (repeated(name) !== name) assertEquals(g.values(name), g.values(repeated(name)), name);
  }
}

type At = { t: number; official: OfficialRun };

/** The file's name of a parameter of the student, where gradients are of the student alone. */
function nameOf({ official }: At, name: string): string {
  return official.official(`student.${name}`)!.replace(/^(student|online|model)\./, "");
}

function compareLosses(g: Golden, losses: Losses, { t, official }: At) {
  const recorded = g.json.iterations[t];
  const expected = official.losses?.(recorded) ?? { total: recorded.loss };
  assertEquals(Object.keys(losses).sort(), Object.keys(expected).sort());
  for (const [name, loss] of Object.entries(expected)) {
    g.nearNumbers(losses[name]!.dataSync(), [loss], { name: "loss" });
  }
}

function compareNumbers(g: Golden, numbers: StepNumbers, { t, official }: At) {
  const recorded = g.json.iterations[t];
  const rate = [recorded.lr ?? recorded.learning_rate].flat()[0];
  g.nearNumbers([numbers.rate], [rate], { name: "lr" });
  for (const [name, number] of Object.entries(official.numbers?.(recorded) ?? {})) {
    g.nearNumbers([numbers[name]!], [number], { name: "momentum" });
  }
}

function compareGradients(g: Golden, named: Named, at: At) {
  const prefixes = ["grad", "grad_before_clip"].map((kind) => `it${at.t}.${kind}.`);
  const stored = g.names.filter((name) => prefixes.some((prefix) => name.startsWith(prefix)));
  const ours = Object.entries(named).map(([name, gradient]) => [nameOf(at, name), gradient]);
  const byName = Object.fromEntries(ours) as Named;
  for (const name of stored) {
    const parameter = name.split(".").slice(2).join(".");
    assert(byName[parameter], `There is no gradient of ${parameter}`);
    g.near(byName[parameter], name);
  }
}

/** What does not move at a step is what has no gradient in the official program. */
function compareStill(g: Golden, student: Network, { frozen, ...at }: At & { frozen: boolean }) {
  const { params_without_grad: expected } = g.json.iterations[at.t];
  if (!expected) return;
  const { config } = at.official;
  const { learned } = methodOf(config);
  const still = Object.keys(flatten(student)).filter((name) =>
    !/\.(running_mean|running_var|num_batches_tracked)$/.test(name) &&
    (!learned(name, config) || frozen && isLast(name))
  );
  assertEquals(still.map((name) => nameOf(at, name)).sort(), expected.toSorted());
}

function compareNorms(
  g: Golden,
  norms: Named,
  { normTolerance, ...at }: At & { normTolerance?: string },
) {
  const { grad_norms }: { grad_norms: Record<string, number> } = g.json.iterations[at.t];
  assertGreater(Object.keys(grad_norms).length, 0);
  const ours = Object.fromEntries(
    Object.entries(norms).map(([name, norm]) => [nameOf(at, name), norm.dataSync()[0]!]),
  );
  for (const [name, norm] of Object.entries(grad_norms)) {
    g.nearNumbers([ours[name]!], [norm], { name: normTolerance ?? `it0.grad.${name}` });
  }
}

/**
 * The state with the tensors of the file in their places, where it has them: so rounding does
 * not add up from step to step, by which a unit whose input is all but 0 may fall on the other side
 * of a ReLU.
 */
function resumed(g: Golden, { learner, buffers, ...rest }: State, { t, official }: At): State {
  const prefix = `it${t}.after.`;
  const stored = (tree: Tree) =>
    Object.fromEntries(
      Object.entries(flatten(tree)).map(([name, tensor]) => {
        const theirs = `${prefix}${official.official(name)}`;
        if (!g.names.includes(theirs)) return [name, tensor];
        return [name, official.read?.(theirs) ?? g.tensor(theirs)];
      }),
    );
  return {
    ...rest,
    learner: unflatten<MethodState["learner"]>(stored(learner)),
    buffers: unflatten(stored(buffers)),
  };
}

function compareState(g: Golden, { learner, buffers }: State, { t, official }: At) {
  const named: Record<string, tf.Tensor> = {};
  for (const [name, tensor] of Object.entries({ ...flatten(learner), ...flatten(buffers) })) {
    const theirs = official.official(name);
    if (theirs !== null) named[theirs] = tensor;
  }
  const theirs = official.derived?.(named) ?? named;
  for (const stored of g.names.filter((name) => name.startsWith(`it${t}.after.`))) {
    const name = stored.slice(`it${t}.after.`.length);
    const tensor = theirs[official.repeated?.(name) ?? name];
    assert(tensor, `There is nothing to hold against ${stored}`);
    g.near(tensor, stored);
  }
}

/** What the optimizer keeps at the end, where the file has it under the optimizer's own names. */
function compareMomentum(g: Golden, { optimizer }: State, at: At) {
  for (const [branch, moments] of Object.entries(optimizer)) {
    const prefix = [`final.${branch}.`, "final.momentum."]
      .find((prefix) => g.names.some((name) => name.startsWith(prefix)));
    if (!prefix) continue;
    const stored = new Set(g.names.filter((name) => name.startsWith(prefix)));
    for (const [name, moment] of Object.entries(moments)) {
      const theirs = `${prefix}${nameOf(at, name)}`;
      if (stored.delete(theirs)) g.near(moment, theirs);
    }
    assertEquals([...stored], []);
  }
}

/** How a student learns and its teacher follows, by the arguments that DINO and iBOT share. */
// deno-lint-ignore no-explicit-any
export function teacherTraining(args: any) {
  return {
    optimizer: args.optimizer,
    learningRate: args.lr,
    learningRateBatch: 256,
    minLearningRate: args.min_lr,
    warmup: args.warmup_epochs,
    weightDecay: args.weight_decay,
    weightDecayEnd: args.weight_decay_end,
    clipGradient: args.clip_grad,
    freezeLastLayer: args.freeze_last_layer,
    teacherMomentum: args.momentum_teacher,
    teacherTemperature: args.teacher_temp,
    warmupTeacherTemperature: args.warmup_teacher_temp,
  };
}
