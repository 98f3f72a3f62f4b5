import * as tf from "@tensorflow/tfjs";
import { ramp } from "../optim/mod.ts";
import { golden } from "../testing/goldens.ts";
import { clustering, infoNce, nextCenter, softAssignment } from "./mod.ts";
import { enqueue, type Queue } from "./queue.ts";

golden("losses", "InfoNCE, its gradient and its queue follow the reference", (g, run) => {
  const { temperature } = JSON.parse(g.metadata.infonce!);
  const step = run((student: tf.Tensor2D, teacher: tf.Tensor2D, state: Queue) => {
    const loss = (x: tf.Tensor2D) => infoNce(x, teacher, { queue: state.queue, temperature });
    const { value, grad } = tf.valueAndGrad(loss)(student);
    return { value, grad, state: enqueue(state, teacher) };
  });
  let state = {
    queue: g.tensor("infonce.queue_initial"),
    queue_ptr: g.tensor("infonce.queue_ptr_initial"),
  } as Queue;
  for (let s = 0; g.names.includes(`infonce.step${s}.loss`); s++) {
    const at = (name: string) => `infonce.step${s}.${name}`;
    const [student, teacher] = [g.tensor(at("student")), g.tensor(at("teacher"))];
    const out = step(student as tf.Tensor2D, teacher as tf.Tensor2D, state);
    g.near(out.value.dataSync(), at("loss"));
    g.near(out.grad, at("grad_student"));
    g.near(out.state.queue, at("queue_after"));
    g.near(out.state.queue_ptr, at("queue_ptr_after"));
    state = out.state;
  }
}, { compiled: true });

golden("losses", "clustering, its gradient and its center follow the reference", (g, run) => {
  const config = JSON.parse(g.metadata.clustering!);
  const step = run((student: tf.Tensor2D, teacher: tf.Tensor2D, now: Now) => {
    const targets = softAssignment(teacher, now.center, now.temperature);
    const loss = (x: tf.Tensor2D) => clustering(x, targets, { temperature: config.student_temp });
    const { value, grad } = tf.valueAndGrad(loss)(student);
    return { value, grad, center: nextCenter(now.center, teacher, config.center_momentum) };
  });
  const temperature = ramp(
    [config.warmup_teacher_temp, config.teacher_temp],
    config.warmup_teacher_temp_epochs,
  );
  g.near(
    Array.from({ length: config.nepochs }, (_, epoch) => temperature(epoch)),
    "clustering.teacher_temp_schedule_f64",
  );
  let center = g.tensor("clustering.center_initial") as tf.Tensor2D;
  JSON.parse(g.metadata.epochs_used!).forEach((epoch: number, s: number) => {
    const at = (name: string) => `clustering.step${s}.${name}`;
    const [student, teacher] = [g.tensor(at("student")), g.tensor(at("teacher"))];
    const now = { center, temperature: tf.scalar(temperature(epoch)) };
    const out = step(student as tf.Tensor2D, teacher as tf.Tensor2D, now);
    g.near(out.value.dataSync(), at("loss"));
    g.near(out.grad, at("grad_student"));
    g.near(out.center, at("center_after"));
    center = out.center;
  });
}, { compiled: true });

type Now = { center: tf.Tensor2D; temperature: tf.Scalar };
