import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { forward, learned, type Network } from "../methods/mod.ts";
import type { Memory, Queue } from "../objectives/mod.ts";
import { clip, groupName, groupNames, groups, stepOf } from "../optim/mod.ts";
import { type Golden, golden } from "../testing/goldens.ts";
import { flatten, type Named, unflatten } from "../tree/mod.ts";
import {
  apply,
  gradients,
  initState,
  lengthOf,
  now as nowOf,
  type Pass,
  type PretrainConfig,
  schedules,
  type State,
  step as stepOnce,
  type StepBatch,
} from "./mod.ts";

const files = "train_step*.safetensors";

golden("train_step", "every step has the official losses, buffers and parameters", (g, run) => {
  const { config, state: first, moment, batch } = open(g);
  const step = run((state: State, batch: StepBatch, now: Now) =>
    stepOnce(state, batch, { now, config, chains: 2 })
  );
  let state = first;
  for (const [t, official] of g.json.iterations.entries()) {
    const [next, facts] = step(state, batch(t), nowOf(moment(t), t, config));
    for (
      const [ours, theirs] of [
        ["instance", "instance-sup."],
        ["localGroup", "local-group-sup."],
        ["group", "group-sup."],
        ["total", "total"],
      ] as const
    ) {
      const bound = (t === 0 ? 1e-5 : 1e-4) * Math.abs(official[theirs]);
      assertAlmostEquals(facts[ours].dataSync()[0], official[theirs], bound, `${t} ${ours}`);
    }
    compareBuffers(g, next, `it${t}.after`);
    compareNetworks(g, next, `it${t}.after`);
    if (moment(t).rate === 0) unmoved(state, next);
    state = next;
  }
  compareMoments(g, state);
}, { files, compiled: true });

golden("train_step", "both networks give the official outputs at every step", (g, run) => {
  const { config, state: first, moment, batch } = open(g);
  const outputs = run((network: Network, memory: Memory, groups: tf.Tensor4D[]) => {
    const [{ instance, localGroup, group, patchMean }] = forward(groups, network, {
      memory,
      config,
    });
    return { instance, local_group: localGroup, group, memory_tokens: patchMean };
  });
  const step = run((state: State, batch: StepBatch, now: Now) =>
    stepOnce(state, batch, { now, config })
  );
  let state = first;
  for (const t of g.json.iterations.keys()) {
    const b = batch(t);
    const { student, teacher, memories } = state;
    const found = {
      student_out: outputs(student, memories.student, [b.student, b.local]),
      teacher_out: outputs(teacher, memories.teacher, [b.teacher]),
    };
    for (const [who, named] of Object.entries(found)) {
      for (const [name, value] of Object.entries(named)) g.near(value, `it${t}.${who}.${name}`);
    }
    [state] = step(state, b, nowOf(moment(t), t, config));
  }
}, { files, compiled: true });

golden("train_step", "gradients before clipping are the official ones", (g, run) => {
  const { config, state: first, moment, batch } = open(g);
  const half = run((state: State, batch: StepBatch, now: Now) => {
    const pass = gradients(state, batch, { now, config });
    return { pass, norms: clip(pass.gradients, config.clipGradient)[1] };
  });
  const other = run((state: State, pass: Pass, now: Now) => apply(state, pass, { now, config })[0]);
  let state = first;
  for (const [t, { grad_norms }] of g.json.iterations.entries()) {
    const now = nowOf(moment(t), t, config);
    const { pass, norms } = half(state, batch(t), now);
    for (const [name, gradient] of Object.entries(flatten(pass.gradients))) {
      const stored = `it${t}.grad_before_clip.${name}`;
      if (g.names.includes(stored)) g.near(gradient, stored);
    }
    const found = flatten(norms);
    assertEquals(Object.keys(found).sort(), Object.keys(grad_norms).sort());
    for (const [name, norm] of Object.entries(found)) {
      const bound = 1e-4 + 1e-4 * grad_norms[name];
      assertAlmostEquals(norm.dataSync()[0], grad_norms[name], bound, `${t} ${name}`);
    }
    state = other(state, pass, now);
  }
}, { files, compiled: true });

golden("train_step", "rates, decays, momentum and frozen parameters are the official ones", (g) => {
  const { config, state, moment } = open(g);
  const of = groups(config.patchEmbedRate);
  const params = flatten(state.student);
  for (const [group, names] of Object.entries<string[]>(g.json.param_groups)) {
    for (const name of names) {
      assertEquals([name, groupName(name, params[name].rank)], [name, group]);
    }
  }
  for (const [t, official] of g.json.iterations.entries()) {
    const { rate, weightDecay, momentum, frozen } = moment(t);
    const near = (a: number, b: number) => assertAlmostEquals(a, b, 1e-12);
    near(rate, g.json.lr_schedule[t]);
    near(weightDecay, g.json.wd_schedule[t]);
    near(momentum, official.teacher_momentum);
    const samples = { normal_params: "a.weight", patch_embed: "patch_embed.weight" };
    groupNames.forEach((name, i) => {
      assertEquals(official.group_names[i], name);
      const bare = name.endsWith("no_wd");
      const sample = name.includes("patch") ? samples.patch_embed : samples.normal_params;
      const group = of(sample, bare ? 1 : 2);
      near(rate * group.rate, official.lr[i]);
      near(group.decays ? weightDecay : 0, official.wd[i]);
    });
    const still = Object.keys(params).filter((name) =>
      !learned(name, config) || (frozen && name.includes("last_layer"))
    );
    assertEquals(still.sort(), official.params_without_grad.sort());
  }
}, { files });

golden("train_step", "the inputs have the official sums", (g) => {
  for (const t of g.json.iterations.keys()) {
    const sums = g.names.filter((name) => name.startsWith(`it${t}.crop`)).sort().map((name) => {
      let sum = 0;
      for (const value of g.picture(name).dataSync()) sum += value;
      return sum;
    });
    g.near(sums, `it${t}.input_sums_f64`, "train_step");
  }
}, { files });

type Now = ReturnType<typeof nowOf>;

/** A run as its file tells it: the configuration, the state before the first step, schedules and batches. */
function open(g: Golden) {
  const config = configOf(g);
  const perEpoch = g.json.iterations.length / config.epochs;
  const moment = schedules(config, lengthOf(config, perEpoch * config.batchSize));
  const views = (t: number, from: number, to: number) =>
    tf.concat(
      Array.from({ length: to - from }, (_, i) => g.picture(`it${t}.crop${from + i}.base_u8`)),
    );
  const batch = (t: number): StepBatch => ({
    teacher: views(t, 0, 2),
    student: views(t, 2, 4),
    local: views(t, 4, 4 + config.localCrops),
    weak: g.tensor(`it${t}.weak_flags`).toFloat() as tf.Tensor1D,
  });
  return { config, state: stateOf(g, config), moment, batch };
}

/** Names of the options of the official program, as they stand in the file. */
function configOf({ json: { config, vit }, shape, names }: Golden): PretrainConfig {
  const backbone = (name: string) => shape(`init.student.backbone.${name}`);
  const side = Math.sqrt(backbone("pos_embed")[1] - 1) * config.patch_size;
  const [, , global] = shape("it0.crop0.base_u8"), [, , local] = shape("it0.crop4.base_u8");
  const unused = { flip: 0, jitter: 0, grayscale: 0, blur: 0, solarize: 0 };
  return {
    ...unused,
    preset: "golden",
    arch: "custom",
    imageSize: side,
    patchSize: config.patch_size,
    width: vit.embed_dim,
    depth: vit.depth,
    heads: vit.num_heads,
    mlpRatio: backbone("blocks.0.mlp.fc1.weight")[0] / vit.embed_dim,
    dropPath: config.drop_path_rate,
    relationBlocks:
      names.filter((name) =>
        /^init\.student\.backbone\.relation_blocks\.\d+\.norm1\.weight$/.test(name)
      ).length,
    headHidden: config.head_hidden,
    predictorHidden: config.head_pred_hidden,
    headOut: config.instance_out_dim,
    localGroupOut: config.local_group_out_dim,
    bottleneck: config.group_bottleneck_dim,
    prototypes: config.group_out_dim,
    batchNormInHead: config.use_bn_in_head,
    normBeforePredictor: config.norm_before_pred,
    normLastLayer: config.norm_last_layer,
    instanceQueue: config.instance_queue_size,
    localGroupQueue: config.local_group_queue_size,
    memory: shape("init.student_mem.block.queue_q")[0],
    neighbors: config.local_group_knn_top_n,
    instanceTemperature: config.instance_temp,
    localGroupTemperature: config.local_group_temp,
    studentTemperature: config.group_student_temp,
    centerMomentum: config.center_momentum ?? 0.9,
    lossWeights: config.loss_weights,
    memoryPointer: "reference",
    globalSize: global * 4,
    globalScale: config.global_crops_scale,
    localSize: local * 4,
    localScale: config.local_crops_scale,
    localCrops: config.local_crops_number,
    jitterStrength: [0, 0, 0, 0],
    optimizer: config.optimizer,
    learningRate: config.lr,
    learningRateBatch: 256,
    minLearningRate: config.min_lr,
    warmup: config.warmup_epochs,
    weightDecay: config.weight_decay,
    weightDecayEnd: config.weight_decay_end,
    patchEmbedRate: config.patch_embed_lr_mult,
    clipGradient: config.clip_grad,
    freezeLastLayer: config.freeze_last_layer,
    teacherMomentum: config.momentum_teacher,
    teacherTemperature: config.group_teacher_temp,
    warmupTeacherTemperature: config.group_warmup_teacher_temp,
    teacherTemperatureWarmup: config.group_warmup_teacher_temp_epochs,
    batchSize: config.batch_size_per_gpu * config.world_size,
    epochs: config.epochs,
    steps: null,
    seed: config.seed,
    precision: "float32",
  };
}

/** The official state before the first step. */
function stateOf(g: Golden, config: PretrainConfig): State {
  const network = (name: string) => unflatten<Network>(g.below(`init.${name}.`));
  const fresh = initState(config);
  const student = network("student"), teacher = network("teacher");
  const shapes = (named: Named) =>
    Object.fromEntries(Object.entries(named).map(([name, { shape }]) => [name, shape]));
  assertEquals(shapes(flatten(fresh.student)), shapes(flatten(student)));
  assertEquals(shapes(flatten(fresh.teacher)), shapes(flatten(teacher)));
  return {
    ...fresh,
    student,
    teacher,
    memories: {
      student: g.below("init.student_mem.block.") as Memory,
      teacher: g.below("init.teacher_mem.block.") as Memory,
    },
    queues: {
      instance: g.below("init.instance.") as Queue,
      localGroup: g.below("init.local_group.") as Queue,
    },
    center: g.tensor("init.group.center") as tf.Tensor2D,
  };
}

function compareBuffers(g: Golden, { memories, queues, center }: State, at: string) {
  for (const [name, { queue_q, queue_ptr }] of Object.entries(memories)) {
    g.near(queue_q, `${at}.${name}_mem.queue`);
    g.near(queue_ptr, `${at}.${name}_mem.queue_ptr`);
  }
  for (const [name, of] of [["instance", "instance"], ["localGroup", "local_group"]] as const) {
    g.near(queues[name].queue, `${at}.${of}.queue`);
    g.near(queues[name].queue_ptr, `${at}.${of}.queue_ptr`);
  }
  g.near(center, `${at}.group.center`);
}

/** The parameters that the file holds of this step: all of both networks, or none. */
function compareNetworks(g: Golden, state: State, at: string) {
  for (const who of ["student", "teacher"] as const) {
    const named = flatten(state[who]);
    const stored = g.names.filter((name) => name.startsWith(`${at}.${who}.`));
    for (const name of stored) g.near(named[name.slice(`${at}.${who}.`.length)], name);
  }
}

/** At rate 0 nothing learned may move; the teacher moves by rounding only. */
function unmoved(before: State, after: State) {
  for (const [who, bound] of [["student", 0], ["teacher", 1e-6]] as const) {
    const [a, b] = [flatten(before[who]), flatten(after[who])];
    for (const name of Object.keys(a)) {
      if (/running_|num_batches/.test(name)) continue;
      const distance = a[name].sub(b[name]).abs().max().dataSync()[0];
      assert(distance <= bound, `${who}.${name} moved by ${distance}`);
    }
  }
}

function compareMoments(g: Golden, { optimizer }: State) {
  const moments = flatten(optimizer);
  for (const name of g.names.filter((name) => name.startsWith("final.adam."))) {
    const [, , kind, ...rest] = name.split(".");
    const found = kind === "step"
      ? stepOf(optimizer, rest.join(".")).reshape([1])
      : moments[`${kind}.${rest.join(".")}`];
    g.near(found, name);
  }
}
