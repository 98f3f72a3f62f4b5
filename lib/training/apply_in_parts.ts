import * as tf from "@tensorflow/tfjs";
import type { Network } from "../methods/mod.ts";
import { clip } from "../optim/mod.ts";
import { dispose, flatten, type Named, unflatten } from "../tree/mod.ts";
import type { PretrainConfig } from "./config.ts";
import { ema } from "./ema.ts";
import { take } from "./gather.ts";
import type { Now } from "./now.ts";
import { optimizerOf } from "./optimizer.ts";
import type { Pass } from "./pass.ts";
import { learnedOf, type State } from "./state.ts";

/** The part of a state that learns. */
export type Learner = Pick<State, "step" | "student" | "teacher" | "optimizer">;

/**
 * As the second half of a step but for the buffers, parameter by parameter: gradients, and all tensors of the state that
 * have a next one, are used up on the way. Where the gradient is not finite nothing is, and there is no next state.
 */
export function applyInParts(
  state: Learner,
  pass: Pick<Pass, "gradients" | "statistics">,
  { now, config }: { now: Now; config: PretrainConfig },
): [Learner | null, { gradientNorm: tf.Scalar }] {
  const norms: Named = {};
  const clipped = take(pass.gradients, (name, gradient) => {
    const [short, norm] = clip({ x: gradient }, config.clipGradient > 0 ? now.clip : null);
    norms[name] = tf.keep(norm.x);
    return short.x;
  });
  const gradientNorm = tf.tidy(() =>
    tf.stack(Object.values(norms)).square().sum<tf.Scalar>().sqrt()
  );
  dispose(norms);
  if (!Number.isFinite(gradientNorm.dataSync()[0])) {
    dispose(clipped);
    return [null, { gradientNorm }];
  }
  const optimizer = optimizerOf(config);
  const params = learnedOf(state.student, config), moments = flatten(state.optimizer);
  const student = flatten(state.student), teacher = flatten(state.teacher);
  const nextMoments = { ...moments };
  for (const [name, gradient] of Object.entries(clipped)) {
    const [moved, followed, changed] = tf.tidy(() => {
      const [next, tree] = optimizer.update(params, { [name]: gradient }, {
        state: state.optimizer,
        rate: now.rate,
        weightDecay: now.weightDecay,
        frozen: now.frozen,
      });
      const own = name in teacher ? { [name]: teacher[name] } : {};
      const changes = Object.entries(flatten(tree)).filter(([path, x]) => x !== moments[path]);
      return [
        next[name],
        ema(own, { [name]: next[name] }, now.momentum),
        Object.fromEntries(changes),
      ];
    }) as unknown as [tf.Tensor, Named, Named];
    dispose(gradient, student[name], name in teacher ? teacher[name] : []);
    student[name] = moved;
    Object.assign(teacher, followed);
    for (const [path, tensor] of Object.entries(changed)) {
      // What all parameters share, the number of steps, goes on from the same value for each of them.
      if (path.endsWith(`.${name}`)) moments[path].dispose();
      else if (nextMoments[path] !== moments[path]) nextMoments[path].dispose();
      nextMoments[path] = tensor;
    }
  }
  return [{
    step: tf.tidy(() => state.step.add<tf.Scalar>(tf.scalar(1, "int32"))),
    student: unflatten<Network>({ ...student, ...flatten(pass.statistics.student) }),
    teacher: unflatten<Network>({ ...teacher, ...flatten(pass.statistics.teacher) }),
    optimizer: unflatten(nextMoments),
  }, { gradientNorm }];
}
