import * as tf from "@tensorflow/tfjs";
import { compile } from "../compile/mod.ts";
import type { Network } from "../methods/mod.ts";
import { clip, globalNorm } from "../optim/mod.ts";
import { dispose, flatten, type Named, unflatten } from "../tree/mod.ts";
import type { PretrainConfig } from "./config.ts";
import { ema } from "./ema.ts";
import type { Now } from "./now.ts";
import { optimizerOf } from "./optimizer.ts";
import type { Pass } from "./pass.ts";
import type { State } from "./state.ts";

/** The part of a state that learns. */
export type Learner = Pick<State, "step" | "student" | "teacher" | "optimizer">;

/** One parameter with all that goes with it. */
type Parameter = {
  student: Named;
  /** Empty where the teacher has none of it. */
  teacher: Named;
  /** The optimizer's state of it, and what all parameters share. */
  optimizer: Named;
};

/** The second half of a step, but for the buffers, as {@linkcode applyInParts} makes it. */
export type ApplyInParts =
  & Disposable
  & ((
    state: Learner,
    pass: Pick<Pass, "gradients" | "statistics">,
    now: Now,
  ) => [Learner | null, { gradientNorm: tf.Scalar }]);

/**
 * The second half of a step but for the buffers, parameter by parameter: gradients, and all tensors of the state that have
 * a next one, are used up on the way. Where the gradient is not finite nothing is, and there is no next state.
 */
export function applyInParts(config: PretrainConfig): ApplyInParts {
  const { update } = optimizerOf(config);
  const limited = config.clipGradient > 0;
  type Scalars = Pick<Now, "rate" | "weightDecay" | "momentum" | "frozen" | "clip">;
  const move = compile(
    ({ student, teacher, optimizer }: Parameter, gradient: Named, now: Scalars) =>
      tf.tidy(() => {
        const [clipped] = clip(gradient, limited ? now.clip : null);
        const [moved, state] = update(student, clipped, { ...now, state: unflatten(optimizer) });
        const followed = ema(teacher, moved, now.momentum);
        return { student: moved, teacher: followed, optimizer: flatten(state) };
      }) as Parameter,
    { name: "move" },
  );

  function apply(
    state: Learner,
    { gradients, statistics }: Pick<Pass, "gradients" | "statistics">,
    now: Now,
  ): ReturnType<ApplyInParts> {
    const gradientNorm = tf.tidy(() => globalNorm(clip(gradients, null)[1]));
    if (!Number.isFinite(gradientNorm.dataSync()[0])) return [null, { gradientNorm }];
    const { rate, weightDecay, momentum, frozen, clip: limit } = now;
    const scalars = { rate, weightDecay, momentum, frozen, clip: limit };
    const student = flatten(state.student), teacher = flatten(state.teacher);
    const optimizer = flatten(state.optimizer);
    const branches = Object.keys(state.optimizer);
    const pathsOf = (name: string) => branches.map((branch) => `${branch}.${name}`);
    const owned = new Set(Object.keys(gradients).flatMap(pathsOf));
    const shared = Object.fromEntries(
      Object.entries(optimizer).filter(([path]) => !owned.has(path)),
    );
    for (const [name, gradient] of Object.entries(gradients)) {
      const place = placeOf(name);
      const paths = pathsOf(name).filter((path) => path in optimizer);
      const own: Parameter = {
        student: { [place]: student[name] },
        teacher: name in teacher ? { [place]: teacher[name] } : {},
        optimizer: Object.fromEntries(paths.map((path) => [placeOf(path), optimizer[path]])),
      };
      const next = move(
        { ...own, optimizer: { ...own.optimizer, ...shared } },
        { [place]: gradient },
        scalars,
      );
      dispose(gradient, own);
      student[name] = next.student[place];
      if (name in teacher) teacher[name] = next.teacher[place];
      for (const path of paths) optimizer[path] = next.optimizer[placeOf(path)];
      // What all parameters share goes on from the same value for each of them.
      for (const path of Object.keys(shared)) {
        if (optimizer[path] !== shared[path]) optimizer[path].dispose();
        optimizer[path] = next.optimizer[path];
      }
    }
    return [{
      step: tf.tidy(() => state.step.add<tf.Scalar>(tf.scalar(1, "int32"))),
      student: unflatten<Network>({ ...student, ...flatten(statistics.student) }),
      teacher: unflatten<Network>({ ...teacher, ...flatten(statistics.teacher) }),
      optimizer: unflatten(optimizer),
    }, { gradientNorm }];
  }

  return Object.assign(apply, { [Symbol.dispose]: () => move[Symbol.dispose]() });
}

/** A name without the numbers of blocks: blocks are equal, and one function serves all of them. */
function placeOf(name: string): string {
  return name.replaceAll(/(?<=\.)\d+(?=\.)/g, "n");
}
