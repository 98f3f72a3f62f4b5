import { assertEquals } from "@std/assert";
import { publishedRuns } from "../../testing/published_runs.ts";
import type { MocoV3Config } from "./config.ts";
import { mocoV3Presets } from "./presets.ts";

/** The official names of what a configuration holds under the same meaning. */
const renamed: Record<string, (config: MocoV3Config) => unknown> = {
  lr: ({ learningRate }) => learningRate,
  weight_decay: ({ weightDecay }) => weightDecay,
  epochs: ({ epochs }) => epochs,
  moco_m: ({ teacherMomentum }) => teacherMomentum,
  moco_m_cos: ({ risingMomentum }) => risingMomentum,
  crop_min: ({ globalScale: [from] }) => from,
  global_batch: ({ batchSize }) => batchSize,
  optimizer: ({ optimizer }) => optimizer,
  warmup_epochs: ({ warmup }) => warmup,
  moco_t: ({ temperature }) => temperature,
  moco_dim: ({ headOut }) => headOut,
  moco_mlp_dim: ({ headHidden }) => headHidden,
  projector_layers: ({ projectorLayers }) => projectorLayers,
  predictor_last_bn: ({ normAfterPredictor }) => normAfterPredictor,
  stop_grad_conv1: ({ frozenPatches }) => frozenPatches,
  heads: ({ heads }) => heads,
};

publishedRuns("moco_v3", "presets of MoCo-v3 hold what its program states", (runs) => {
  for (const { arch, epochs, stated, default: defaults = {} } of runs) {
    if (Object.keys(stated).length === 0) continue; // recalled from the paper alone
    const preset = mocoV3Presets[`${arch}_${epochs}ep`]!;
    for (const [name, value] of Object.entries({ ...defaults, ...stated })) {
      const ours = renamed[name];
      if (ours) assertEquals([name, ours(preset)], [name, value]);
    }
  }
});
