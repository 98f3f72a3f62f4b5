import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertGreater } from "@std/assert";
import { nextCenter, softAssignment } from "../../objectives/mod.ts";
import { ramp } from "../../optim/mod.ts";
import { golden } from "../../testing/goldens.ts";
import { dinoLoss } from "./losses.ts";

type Now = { center: tf.Tensor2D; temperature: tf.Scalar };

golden("methods/dino/losses", "loss, gradient and center follow the reference", (g, run) => {
  const kinds = g.names.filter((name) => name.endsWith(".center_initial"))
    .map((name) => name.slice(0, -".center_initial".length));
  assertGreater(kinds.length, 0);
  for (const kind of kinds) {
    const config = JSON.parse(g.metadata[kind]!);
    const step = run((student: tf.Tensor2D, teacher: tf.Tensor2D, now: Now) => {
      const targets = softAssignment(teacher, now.center, now.temperature);
      const loss = (x: tf.Tensor2D) => dinoLoss(x, targets, { temperature: config.student_temp });
      const { value, grad } = tf.valueAndGrad(loss)(student);
      return { value, grad, center: nextCenter(now.center, teacher, config.center_momentum) };
    });
    const temperature = ramp(
      [config.warmup_teacher_temp, config.teacher_temp],
      config.warmup_teacher_temp_epochs,
    );
    const epochs = Array.from({ length: config.nepochs }, (_, epoch) => temperature(epoch));
    g.near(epochs, `${kind}.teacher_temp_schedule_f64`);
    let center = g.tensor(`${kind}.center_initial`) as tf.Tensor2D;
    for (const [s, epoch] of JSON.parse(g.metadata[`${kind}.epochs_used`]!).entries()) {
      const at = (name: string) => `${kind}.step${s}.${name}`;
      const [student, teacher] = [g.tensor(at("student")), g.tensor(at("teacher"))];
      const now = { center, temperature: tf.scalar(temperature(epoch)) };
      const out = step(student as tf.Tensor2D, teacher as tf.Tensor2D, now);
      g.near(out.value.dataSync(), at("loss"));
      g.near(out.grad, at("grad_student"));
      g.near(out.center, at("center_after"));
      center = out.center;
    }
  }
}, { compiled: true });

Deno.test("dinoLoss() of some views adds up to that of all", () => {
  const rows = (views: number, seed: number) =>
    tf.randomNormal<tf.Rank.R2>([views * 3, 4], 0, 1, "float32", seed);
  const [student, targets] = [rows(5, 1), softAssignment(rows(2, 2), tf.zeros([1, 4]), 0.5)];
  const part = (first: number, count: number) =>
    dinoLoss(student.slice(first * 3, count * 3), targets, {
      temperature: 0.3,
      views: { first, of: 5 },
    }).dataSync()[0]!;
  const all = dinoLoss(student, targets, { temperature: 0.3 }).dataSync()[0]!;
  assertAlmostEquals(part(0, 1) + part(1, 2) + part(3, 2), all, 1e-5);
});
