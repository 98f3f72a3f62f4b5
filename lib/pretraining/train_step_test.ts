import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import type { Batch } from "../datasets/mod.ts";
import { methodOf } from "../methods/mod.ts";
import { forward } from "../methods/mugs/forward.ts";
import type { MugsNetwork } from "../methods/mugs/network.ts";
import type { MugsState } from "../methods/mugs/state.ts";
import type { Memory } from "../objectives/mod.ts";
import { clip, groupName, groupNames, groups } from "../optim/mod.ts";
import { golden } from "../testing/goldens.ts";
import {
  compareBuffers,
  compareLosses,
  compareMoments,
  compareNetworks,
  recordedRun,
} from "../testing/train_step.ts";
import { flatten } from "../tree/mod.ts";
import {
  apply,
  gradients,
  type Now,
  now as nowOf,
  type Pass,
  type State,
  step as stepOnce,
} from "./mod.ts";

const files = "train_step*.safetensors";

golden("train_step", "every step has the official losses, buffers and parameters", (g, run) => {
  const { config, state: first, numbers, batch } = recordedRun(g);
  const step = run((state: State, batch: Batch, now: Now) =>
    stepOnce(state, batch, { now, config, chains: 2 })
  );
  let state: State = first;
  for (const t of g.json.iterations.keys()) {
    const [next, facts] = step(state, batch(t), nowOf(numbers(t), t, config));
    compareLosses(g, facts.losses, t);
    compareBuffers(g, next, `it${t}.after`);
    compareNetworks(g, next, `it${t}.after`);
    if (numbers(t).rate === 0) unmoved(state, next);
    state = next;
  }
  compareMoments(g, state);
}, { files, compiled: true });

golden("train_step", "both networks give the official outputs at every step", (g, run) => {
  const { config, state: first, numbers, batch } = recordedRun(g);
  const outputs = run((network: MugsNetwork, memory: Memory, images: tf.Tensor4D[]) => {
    const groups = images.map((images) => ({ images }));
    const [{ instance, localGroup, group, patchMean }] = forward(groups, network, {
      memory,
      config,
    });
    return { instance, local_group: localGroup, group, memory_tokens: patchMean };
  });
  const step = run((state: State, batch: Batch, now: Now) =>
    stepOnce(state, batch, { now, config })
  );
  let state: State = first;
  for (const t of g.json.iterations.keys()) {
    const b = batch(t);
    const { learner: { student, teacher }, buffers: { memories } } = state as State<MugsState>;
    const actual = {
      student_out: outputs(
        student,
        memories.student,
        [b.student!, b.local!].map(({ images }) => images),
      ),
      teacher_out: outputs(teacher, memories.teacher, [b.teacher!.images]),
    };
    for (const [who, named] of Object.entries(actual)) {
      for (const [name, value] of Object.entries(named)) g.near(value, `it${t}.${who}.${name}`);
    }
    [state] = step(state, b, nowOf(numbers(t), t, config));
  }
}, { files, compiled: true });

golden("train_step", "gradients before clipping are the official ones", (g, run) => {
  const { config, state: first, numbers, batch } = recordedRun(g);
  const half = run((state: State, batch: Batch, now: Now) => {
    const pass = gradients(state, batch, { now, config });
    return { pass, norms: clip(pass.gradients, config.clipGradient)[1] };
  });
  const other = run((state: State, pass: Pass, now: Now) => apply(state, pass, { now, config })[0]);
  let state: State = first;
  for (const [t, { grad_norms }] of g.json.iterations.entries()) {
    const now = nowOf(numbers(t), t, config);
    const { pass, norms } = half(state, batch(t), now);
    for (const [name, gradient] of Object.entries(flatten(pass.gradients))) {
      const stored = `it${t}.grad_before_clip.${name}`;
      if (g.names.includes(stored)) g.near(gradient, stored);
    }
    const actual = flatten(norms);
    assertEquals(Object.keys(actual).sort(), Object.keys(grad_norms).sort());
    for (const [name, norm] of Object.entries(actual)) {
      const scale = Math.max(1, grad_norms[name]); // the tolerance is of numbers around 1
      const [ours, theirs] = [norm.dataSync()[0]! / scale, grad_norms[name] / scale];
      g.nearNumbers([ours], [theirs], { name: `it${t}.grad_norm.${name}` });
    }
    state = other(state, pass, now);
  }
}, { files, compiled: true });

golden(
  "train_step",
  "rates, decays, momentum and frozen parameters are the official ones",
  (g) => {
    const { config, state, numbers } = recordedRun(g);
    const of = groups(config.patchEmbedRate);
    const params = flatten(state.learner.student);
    for (const [group, names] of Object.entries<string[]>(g.json.param_groups)) {
      for (const name of names) {
        assertEquals([name, groupName(name, params[name]!.rank)], [name, group]);
      }
    }
    for (const [t, official] of g.json.iterations.entries()) {
      const { rate, weightDecay, momentum, frozen } = numbers(t);
      const near = (actual: number[], expected: number[]) =>
        g.nearNumbers(actual, expected, { name: `it${t}`, set: "schedules" });
      near([rate, weightDecay], [g.json.lr_schedule[t], g.json.wd_schedule[t]]);
      near([momentum!], [official.teacher_momentum]);
      const samples = { normal_params: "a.weight", patch_embed: "patch_embed.weight" };
      groupNames.forEach((name, i) => {
        assertEquals(official.group_names[i], name);
        const bare = name.endsWith("no_wd");
        const sample = name.includes("patch") ? samples.patch_embed : samples.normal_params;
        const group = of(sample, bare ? 1 : 2);
        const actual = [rate * group.rate, group.decays ? weightDecay : 0];
        near(actual, [official.lr[i], official.wd[i]]);
      });
      const still = Object.keys(params).filter((name) =>
        !isStatistic(name) &&
        (!methodOf(config).learned(name, config) || frozen && name.includes("last_layer"))
      );
      assertEquals(still.sort(), official.params_without_grad.sort());
    }
  },
  { files },
);

golden("train_step", "the inputs have the official sums", (g) => {
  for (const t of g.json.iterations.keys()) {
    const sums = Array.from(g.values(`it${t}.input_sums_f64`), (_, crop) => {
      let sum = 0;
      for (const value of g.picture(`it${t}.crop${crop}.base_u8`).dataSync()) sum += value;
      return sum;
    });
    g.near(sums, `it${t}.input_sums_f64`, "train_step");
  }
}, { files });

/** At rate 0 nothing learned may move; the teacher moves by rounding only. */
function unmoved(before: State, after: State) {
  for (const [who, bound] of [["student", 0], ["teacher", 1e-6]] as const) {
    const a = flatten(before.learner[who]!), b = flatten(after.learner[who]!);
    for (const name of Object.keys(a)) {
      if (isStatistic(name)) continue;
      const distance = a[name]!.sub(b[name]!).abs().max().dataSync()[0]!;
      assert(distance <= bound, `${who}.${name} moved by ${distance}`);
    }
  }
}

/** Whether a tensor is what batch normalization keeps, and no parameter. */
function isStatistic(name: string): boolean {
  return /\.(running_mean|running_var|num_batches_tracked)$/.test(name);
}
