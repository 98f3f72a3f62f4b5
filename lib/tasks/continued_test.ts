import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { readSafetensors, writeSafetensors } from "../checkpoint/mod.ts";
import { encode } from "../images/mod.ts";
import { groupName, groupNames } from "../optim/mod.ts";
import { originalFile } from "../testing/original_file.ts";
import { permittedTest } from "../testing/permitted.ts";
import { sampleConfig } from "../testing/sample_config.ts";
import { endTask } from "../testing/task_run.ts";
import type { MugsState } from "../methods/mugs/state.ts";
import { initState, learnedOf, type State } from "../pretraining/mod.ts";

const pretrain = (line: string, home: string) => endTask(`pretrain ${line}`, home);

/** The arguments of the original that make the sample's networks. */
const args = {
  arch: "vit_micro",
  epochs: 2,
  batch_size_per_gpu: 4,
  world_size: 1,
  drop_path_rate: 0.1,
  instance_out_dim: 6,
  local_group_out_dim: 6,
  group_bottleneck_dim: 6,
  group_out_dim: 10,
  use_bn_in_head: false,
  norm_before_pred: true,
  norm_last_layer: true,
  instance_queue_size: 16,
  local_group_queue_size: 16,
  local_group_knn_top_n: 2,
  instance_temp: 0.2,
  local_group_temp: 0.2,
  group_student_temp: 0.1,
  loss_weights: [1, 1, 1],
  global_crops_scale: [0.25, 1],
  local_crops_scale: [0.05, 0.25],
  local_crops_number: 2,
  size_crops: [4],
  vanilla_weak_augmentation: false,
  prob: 0.75,
  timm_auto_augment_par: "rand-m9-mstd0.5-inc1",
  use_prefetcher: true,
  color_aug: false,
  re_prob: 0.25,
  optimizer: "adamw",
  lr: 8e-4,
  min_lr: 1e-6,
  warmup_epochs: 1,
  weight_decay: 0.04,
  weight_decay_end: 0.2,
  patch_embed_lr_mult: 0.2,
  clip_grad: 3,
  freeze_last_layer: 1,
  momentum_teacher: 0.996,
  group_teacher_temp: 0.04,
  group_warmup_teacher_temp: 0.04,
  group_warmup_teacher_temp_epochs: 0,
  seed: 0,
};

/** Eight images, and checkpoints of the original after its first epoch and after its last. */
async function playground() {
  const home = await Deno.makeTempDir();
  await Deno.mkdir(`${home}/set/all`, { recursive: true });
  for (let i = 0; i < 8; i++) {
    const data = new Uint8Array(16 * 16 * 3).map((_, at) => 20 * i + at % 60);
    await Deno.writeFile(`${home}/set/all/${i}.png`, await encode({ width: 16, height: 16, data }));
  }
  await tf.setBackend("cpu");
  const state = initState(sampleConfig) as State<MugsState>;
  const learned = Object.entries(learnedOf(state.learner.student, sampleConfig));
  const groups = Object.fromEntries(
    groupNames.map((group) => [
      group,
      learned.filter(([name, { rank }]) => groupName(name, rank) === group).map(([name]) => name),
    ]),
  );
  for (const epoch of [1, 2]) {
    await Deno.writeFile(`${home}/e${epoch}.pth`, originalFile(state, { args, epoch, groups }));
  }
  const fc = { dtype: "F32" as const, shape: [1], data: new Float32Array(1) };
  await writeSafetensors(`${home}/bare.safetensors`, { "fc.weight": fc });
  return home;
}

permittedTest(
  "pretrain --resume-from continues a checkpoint of the original in a new run",
  ["run", "read", "write", "env", "sys"],
  async (t) => {
    const home = await playground();
    const line = "--resume-from e1.pth --data set --out run --heads 2 --backend cpu";

    await t.step("it goes on after the last epoch, by the original's arguments", async () => {
      const { code, err } = await pretrain(line, home);
      assertEquals(code, 0, err);
      assertStringIncludes(err, "e1.pth after its epoch 1: step ");
      const lines = (await Deno.readTextFile(`${home}/run/metrics.jsonl`)).trim().split("\n");
      const config = JSON.parse(await Deno.readTextFile(`${home}/run/config.json`));
      const perEpoch = Math.floor(config.images / 4);
      const steps = Array.from({ length: perEpoch }, (_, i) => perEpoch + i + 1);
      assertEquals(lines.map((line) => JSON.parse(line).step), steps);
      const { preset, strongShare, memoryPointer, lossSum, width, jitter } = config.resolved;
      assertEquals([preset, strongShare], ["original", 0.25]);
      assertEquals([memoryPointer, lossSum], ["reference", "reference"]);
      assertEquals([width, jitter], [8, 0.8]);
      const { tensors } = await readSafetensors(`${home}/run/checkpoint.safetensors`);
      assertEquals(Number(tensors.step?.data[0]), 2 * perEpoch);
    });

    await t.step(
      "--print-config tells what the checkpoint says, and what a flag does",
      async () => {
        const { code, out } = await pretrain(`${line} --jitter 0.5 --print-config`, home);
        assertEquals(code, 0);
        const origin = (name: string) =>
          out.split("\n").find((row) => row.startsWith(`${name} `))?.split(/ {2,}/).slice(1);
        assertEquals(origin("preset"), ["original", "checkpoint"]);
        assertEquals(origin("neighbors"), ["2", "checkpoint"]);
        assertEquals(origin("jitter"), ["0.5", "flag --jitter"]);
        assertEquals(origin("grayscale"), ["0.2", "preset vit_small_100ep"]);
      },
    );

    await t.step("it says in a sentence what cannot be continued", async () => {
      const wrong: [string, string][] = [
        [
          `${line} --fresh`.replace("e1", "e2"),
          "it has done 2 of 2 epochs; --epochs gives it more",
        ],
        [`${line} --preset tiny`, "--resume-from and --preset contradict each other"],
        [line.replace("e1.pth", "bare.safetensors"), 'has "args" and "epoch"'],
        [
          "--resume-from run/checkpoint.safetensors --data set --out longer --backend cpu",
          "steps; --steps or --epochs gives it more",
        ],
        [
          "--resume-from run/checkpoint.safetensors --data set --out run --fresh --epochs 3",
          "in its own folder, where --fresh would remove it; name another --out",
        ],
        [line.replace(" --heads 2", ""), "it does not say how many attention heads"],
        [line, "run holds a run"],
      ];
      for (const [line, why] of wrong) {
        const { code, err } = await pretrain(line, home);
        assertEquals(code, 2, err);
        assertStringIncludes(err, why);
      }
    });
    await Deno.remove(home, { recursive: true });
  },
);
