import process from "node:process";
import * as tf from "@tensorflow/tfjs";
import type { TensorFlowBackend } from "../tensorflow/mod.ts";
import { gpuUsage } from "./gpu_usage.ts";
import { extractWork, jpegWork } from "./features_work.ts";
import { fineTuneWork } from "./fine_tune_work.ts";
import { knnWork } from "./knn_work.ts";
import { lines } from "./lines.ts";
import { loaderWork } from "./loader_work.ts";
import { multicropWork } from "./multicrop_work.ts";
import { stepWork } from "./step_work.ts";
import type { Prepared, Setting, Task } from "./task.ts";
import { videoWork } from "./video_work.ts";

/**
 * Our side of a measurement, a program of its own: it prepares the task that its argument describes
 * and then does the task once for every line that it reads, as `peer.py` does.
 *
 * @module
 */

const preparations: Record<Task["kind"], (setting: Setting) => Promise<Prepared>> = {
  step: stepWork,
  fine_tune: fineTuneWork,
  extract: extractWork,
  jpeg: jpegWork,
  knn: knnWork,
  multicrop: multicropWork,
  loader: loaderWork,
  video: videoWork,
};

if (import.meta.main) {
  const setting: Setting = JSON.parse(Deno.args[0] ?? "");
  const onGpu = setting.device === "gpu";
  // What the process holds is then what it needs, up to the next power of two.
  if (onGpu) Deno.env.set("TF_FORCE_GPU_ALLOW_GROWTH", "true");
  const { once, items } = await preparations[setting.kind](setting);
  await once();
  report({ ready: true, items, engine: engine() });
  for await (const _ of lines(Deno.stdin.readable)) {
    const wall = performance.now(), before = process.cpuUsage();
    await once();
    const seconds = (performance.now() - wall) / 1000;
    const { user, system } = process.cpuUsage(before);
    const deviceMemory = onGpu ? await gpuUsage() : null;
    report({ seconds, cpu: (user + system) / 1e6, deviceMemory });
  }
  Deno.exit();
}

function engine(): string {
  if (tf.getBackend() !== "tensorflow") return `Deno ${Deno.version.deno}`;
  return `TensorFlow ${(tf.backend() as TensorFlowBackend).binding.TF_Version}`;
}

function report(fact: unknown): void {
  Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(fact) + "\n"));
}
