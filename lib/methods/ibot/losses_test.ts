import * as tf from "@tensorflow/tfjs";
import { assertGreater } from "@std/assert";
import { nextCenter, patchLoss, softAssignment } from "../../objectives/mod.ts";
import { ramp } from "../../optim/mod.ts";
import { golden } from "../../testing/goldens.ts";
import { dinoLoss } from "../dino/losses.ts";

/** Official arguments of the loss. */
type LossConfig = {
  nepochs: number;
  warmup_teacher_temp: number;
  teacher_temp: number;
  warmup_teacher_temp2: number;
  teacher_temp2: number;
  warmup_teacher_temp_epochs: number;
  nlcrops: number;
  mim_start_epoch?: number;
  student_temp?: number;
  center_momentum?: number;
  center_momentum2?: number;
  lambda1?: number;
  lambda2?: number;
};

type Inputs = { cls: tf.Tensor2D; patch: tf.Tensor3D; local: tf.Tensor2D };
type Now = {
  center: tf.Tensor2D;
  center2: tf.Tensor2D;
  temperature: tf.Scalar;
  temperature2: tf.Scalar;
  masks: tf.Tensor2D;
};

const flat = (x: tf.Tensor): tf.Tensor2D => x.reshape([-1, x.shape.at(-1)!]);

golden("methods/ibot/losses", "both losses, gradients and centers are official", (g, run) => {
  const kinds = g.names.filter((name) => name.endsWith(".center_initial"))
    .map((name) => name.slice(0, -".center_initial".length));
  assertGreater(kinds.length, 0);
  for (const kind of kinds) {
    const config: LossConfig = JSON.parse(g.metadata[kind]!);
    const { student_temp: temperature = 0.1, lambda1 = 1, lambda2 = 1 } = config;
    const { center_momentum = 0.9, center_momentum2 = 0.9 } = config;
    const step = run((student: Inputs, teacher: Omit<Inputs, "local">, now: Now) => {
      const targets = softAssignment(teacher.cls, now.center, now.temperature);
      const patchTargets = softAssignment(flat(teacher.patch), now.center2, now.temperature2)
        .reshape<tf.Tensor3D>(teacher.patch.shape);
      const losses = (cls: tf.Tensor, patch: tf.Tensor, local: tf.Tensor) => {
        const views = tf.concat2d([cls as tf.Tensor2D, local as tf.Tensor2D], 0);
        const { masks } = now;
        return {
          cls: dinoLoss(views, targets, { temperature }).mul<tf.Scalar>(lambda1),
          patch: patchLoss(patch as tf.Tensor3D, patchTargets, { masks, temperature })
            .mul<tf.Scalar>(lambda2),
        };
      };
      const inputs = [student.cls, student.patch, student.local];
      const total = (...inputs: tf.Tensor[]) => {
        const { cls, patch } = losses(inputs[0]!, inputs[1]!, inputs[2]!);
        return cls.add<tf.Scalar>(patch);
      };
      const { value, grads } = tf.valueAndGrads(total)(inputs);
      return {
        ...losses(student.cls, student.patch, student.local),
        value,
        grads,
        center: nextCenter(now.center, teacher.cls, center_momentum),
        center2: nextCenter(now.center2, flat(teacher.patch), center_momentum2),
      };
    });
    const { warmup_teacher_temp_epochs: warmup, mim_start_epoch: start = 0 } = config;
    const ofClasses = ramp([config.warmup_teacher_temp, config.teacher_temp], warmup);
    const later = ramp([config.warmup_teacher_temp2, config.teacher_temp2], warmup);
    const ofPatches = (epoch: number) => later(Math.max(0, epoch - start));
    const epochs = Array.from({ length: config.nepochs }, (_, epoch) => epoch);
    g.near(epochs.map(ofClasses), `${kind}.teacher_temp_schedule_f64`);
    g.near(epochs.map(ofPatches), `${kind}.teacher_temp2_schedule_f64`);

    let center = g.tensor(`${kind}.center_initial`) as tf.Tensor2D;
    let center2 = flat(g.tensor(`${kind}.center2_initial`));
    for (const [s, epoch] of JSON.parse(g.metadata[`${kind}.epochs_used`]!).entries()) {
      const at = (name: string) => `${kind}.step${s}.${name}`;
      const input = <T extends tf.Tensor>(name: string) => g.tensor(at(name)) as T;
      const cls = input<tf.Tensor2D>("student_cls"), patch = input<tf.Tensor3D>("student_patch");
      const local = config.nlcrops
        ? input<tf.Tensor2D>("student_local_cls")
        : tf.zeros<tf.Rank.R2>([0, cls.shape[1]]);
      const teacher = {
        cls: input<tf.Tensor2D>("teacher_cls"),
        patch: input<tf.Tensor3D>("teacher_patch"),
      };
      const out = step({ cls, patch, local }, teacher, {
        center,
        center2,
        temperature: tf.scalar(ofClasses(epoch)),
        temperature2: tf.scalar(ofPatches(epoch)),
        masks: input("masks").toFloat().reshape([cls.shape[0], -1]),
      });
      g.near(out.cls.reshape([1]), at("loss_cls"));
      g.near(out.patch.reshape([1]), at("loss_patch"));
      g.near(out.value.reshape([1]), at("loss"));
      for (const [i, name] of ["cls", "patch", ...config.nlcrops ? ["local_cls"] : []].entries()) {
        g.near(out.grads[i]!, at(`grad_student_${name}`));
      }
      ({ center, center2 } = out);
      g.near(center, at("center_after"));
      g.near(center2.expandDims(0), at("center2_after"));
    }
  }
}, { compiled: true });
