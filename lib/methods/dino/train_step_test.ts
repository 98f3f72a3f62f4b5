import type * as tf from "@tensorflow/tfjs";
import { assertEquals, assertGreater } from "@std/assert";
import type { Batch } from "../../datasets/mod.ts";
import { clip, stepOf } from "../../optim/mod.ts";
import {
  apply,
  gradients,
  type Now,
  now as nowOf,
  type Pass,
  type State,
} from "../../pretraining/mod.ts";
import { step as stepOnce } from "../../pretraining/mod.ts";
import { dinoRun } from "../../testing/dino_run.ts";
import { type Golden, golden } from "../../testing/goldens.ts";
import { flatten } from "../../tree/mod.ts";
import { methodOf } from "../mod.ts";
import type { DinoNetwork } from "./network.ts";
import { forward } from "./passes.ts";
import type { DinoState } from "./state.ts";

const files = "train_step*.safetensors";
const backends = ["tensorflow" as const, "cpu" as const];

/** Holds networks, running statistics and center against all that the file has of a step. */
function compareState(g: Golden, { learner, buffers }: State, t: number) {
  const named = { ...flatten(learner), ...flatten(buffers) };
  for (const name of g.names.filter((name) => name.startsWith(`it${t}.after.`))) {
    g.near(named[name.slice(`it${t}.after.`.length)]!, name);
  }
}

/** Holds the final moments of AdamW against those that the file has. */
function compareMoments(g: Golden, { optimizer }: State) {
  const moments = flatten(optimizer);
  for (const stored of g.names.filter((name) => name.startsWith("final.adam."))) {
    const [, name, kind] = /^final\.adam\.(.*)\.(\w+)$/.exec(stored) as string[];
    const moment = kind === "step" ? stepOf(optimizer, name!) : moments[`${kind}.${name}`];
    g.near(moment!, stored);
  }
}

golden("methods/dino/train_step", "every step has the official loss and state", (g, run) => {
  const { config, state: first, numbers, batch } = dinoRun(g);
  const step = run((state: State, batch: Batch, now: Now) =>
    stepOnce(state, batch, { now, config })
  );
  let state: State = first;
  for (const [t, { loss }] of g.json.iterations.entries()) {
    const [next, { losses }] = step(state, batch(t), nowOf(numbers(t), t, config));
    g.nearNumbers(losses.total.dataSync(), [loss], { name: "loss" });
    compareState(g, next, t);
    if (numbers(t).rate === 0) standsStill(g, state, next);
    state = next;
  }
  compareMoments(g, state);
}, { files, compiled: true, backends });

/** At rate 0 no parameter of the student moves. */
function standsStill(g: Golden, before: State, after: State) {
  const names = Object.keys(g.json.iterations[0].grad_norms);
  assertGreater(names.length, 0);
  const [a, b] = [before, after].map(({ learner }) => flatten(learner.student));
  for (const name of names) assertEquals(a![name]!.dataSync(), b![name]!.dataSync(), name);
}

golden("methods/dino/train_step", "both networks give the official outputs", (g, run) => {
  const { config, state: first, numbers, batch } = dinoRun(g);
  const outputs = run((network: DinoNetwork, groups: tf.Tensor4D[]) =>
    forward(groups.map((images) => ({ images })), network, { config }).logits
  );
  const step = run((state: State, batch: Batch, now: Now) =>
    stepOnce(state, batch, { now, config })[0]
  );
  let state: State = first;
  for (const t of g.json.iterations.keys()) {
    const views = batch(t);
    const { student, teacher } = (state as State<DinoState>).learner;
    const all = Object.values(views).map(({ images }) => images);
    g.near(outputs(student, all), `it${t}.student_out`);
    g.near(outputs(teacher, all.slice(0, 1)), `it${t}.teacher_out`);
    state = step(state, views, nowOf(numbers(t), t, config));
  }
}, { files, compiled: true, backends: ["tensorflow"] });

golden("methods/dino/train_step", "gradients are the official ones before clipping", (g, run) => {
  const { config, state: first, numbers, batch } = dinoRun(g);
  const half = run((state: State, batch: Batch, now: Now) => {
    const pass = gradients(state, batch, { now, config });
    return { pass, norms: clip(pass.gradients, null)[1] };
  });
  const other = run((state: State, pass: Pass, now: Now) => apply(state, pass, { now, config })[0]);
  let state: State = first;
  for (const [t, { grad_norms }] of g.json.iterations.entries()) {
    const now = nowOf(numbers(t), t, config);
    const { pass, norms } = half(state, batch(t), now);
    assertEquals(Object.keys(norms).sort(), Object.keys(grad_norms).sort());
    for (const [name, gradient] of Object.entries(pass.gradients)) {
      const stored = `it${t}.grad_before_clip.${name}`;
      if (g.names.includes(stored)) g.near(gradient, stored);
      g.nearNumbers(norms[name]!.dataSync(), [grad_norms[name]], { name: "grad_norms" });
    }
    state = other(state, pass, now);
  }
}, { files, compiled: true, backends: ["tensorflow"] });

golden("methods/dino/train_step", "schedules, groups and frozen layers are official", (g) => {
  const { config, state, numbers } = dinoRun(g);
  const method = methodOf(config);
  const params = Object.entries(flatten(state.learner.student))
    .filter(([name]) => !/\.(running_mean|running_var|num_batches_tracked)$/.test(name));
  const groupOf = method.groups(config);
  for (const [group, names] of (g.json.param_groups as string[][]).entries()) {
    const ours = params.filter(([name, { rank }]) =>
      method.learned(name, config) && groupOf(name, rank).decays === (group === 0)
    );
    assertEquals(ours.map(([name]) => name).sort(), names.toSorted());
  }
  for (const [t, official] of g.json.iterations.entries()) {
    const { rate, weightDecay, momentum, teacherTemperature, frozen } = numbers(t);
    g.nearNumbers([rate, rate], official.lr, { name: "lr" });
    g.nearNumbers([weightDecay, 0], official.wd, { name: "wd" });
    g.nearNumbers([momentum!], [official.teacher_momentum], { name: "momentum" });
    g.nearNumbers([teacherTemperature!], [official.teacher_temp], { name: "momentum" });
    const still = params.map(([name]) => name).filter((name) =>
      !method.learned(name, config) || frozen && name.includes("last_layer")
    );
    assertEquals(still.sort(), official.params_without_grad.toSorted());
  }
}, { files });

golden("methods/dino/train_step", "the inputs have the official sums", (g) => {
  for (const t of g.json.iterations.keys()) {
    const sums = Array.from(g.values(`it${t}.input_sums_f64`), (_, crop) => {
      let sum = 0;
      for (const value of g.picture(`it${t}.crop${crop}.base_u8`).dataSync()) sum += value;
      return sum;
    });
    g.near(sums, `it${t}.input_sums_f64`);
  }
}, { files });
