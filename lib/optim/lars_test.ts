import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { type Golden, golden, type Runner } from "../testing/goldens.ts";
import { flatten, type Named } from "../tree/mod.ts";
import {
  initOptimizer,
  larc,
  lars,
  type LarsOrder,
  type Optimizer,
  type OptimizerState,
} from "./mod.ts";

const all = { group: () => ({ rate: 1, decays: true }) };

/** The names of the tensors in a file: `init`, gradients and results of a step. */
type Names = { init: string; grad(step: number): string; after(step: number): string };

/** Repeats a recorded run and gives the last state. */
function compareRun(
  { g, run }: { g: Golden; run: Runner },
  optimizer: Optimizer,
  { rates, weightDecay, names }: { rates: number[]; weightDecay: number; names: Names },
): OptimizerState {
  const update = run((params: Named, gradients: Named, state: OptimizerState, rate: tf.Scalar) =>
    optimizer.update(params, gradients, { state, rate, weightDecay: tf.scalar(weightDecay) })
  );
  let params: Named = g.below(names.init);
  let state = initOptimizer(optimizer, params);
  for (const [step, rate] of rates.entries()) {
    const gradients: Named = g.below(names.grad(step));
    [params, state] = update(params, gradients, state, tf.scalar(rate));
    params = flatten(params);
    const expected = Object.keys(g.below(names.after(step)));
    assertEquals(Object.keys(params).sort(), expected.sort());
    for (const [name, p] of Object.entries(params)) g.near(p, `${names.after(step)}${name}`);
  }
  return state;
}

/** The names in the files of the PyTorch programs. */
const steps: Names = {
  init: "init.",
  grad: (step) => `step${step}.grad.`,
  after: (step) => `step${step}.after.`,
};

/** The names in the files that hold several runs, and in BYOL's with an empty prefix. */
const inRun = (prefix: string): Names => ({
  init: `${prefix}init.`,
  grad: (step) => `${prefix}grad${step}.`,
  after: (step) => `${prefix}after${step}.`,
});

/** What a file tells of a run. */
type RecordedRun = { lrs: number[]; weight_decay: number; momentum: number };
type SimclrRun = RecordedRun & {
  eeta: number;
  classic_momentum?: boolean;
  use_nesterov?: boolean;
  groups: Record<string, { layer_adaptation: boolean }>;
};
type LarcRun = RecordedRun & { trust_coefficient: number; clip: boolean; eps: number };

golden("methods/moco_v3/optimizers", "LARS moves every parameter as MoCo-v3's", (g, run) => {
  const { lrs: rates, weight_decay: weightDecay, momentum, trust_coefficient: eta } = JSON.parse(
    g.metadata.lars!,
  );
  const optimizer = lars({ ...all, momentum, eta });
  compareRun({ g, run }, optimizer, { rates, weightDecay, names: steps });
}, { compiled: true });

golden("methods/byol/optimizer", "LARS moves every parameter as BYOL's", (g, run) => {
  const { lrs: rates, weight_decay: weightDecay, momentum, eta, decayed_and_adapted } = g.json;
  const adapts = (name: string) => decayed_and_adapted[name];
  const optimizer = lars({ ...all, momentum, eta, adapts });
  compareRun({ g, run }, optimizer, { rates, weightDecay, names: inRun("") });
}, { compiled: true });

golden("methods/simclr/optimizer", "LARS moves every parameter as SimCLR's", (g, run) => {
  for (const [kind, config] of Object.entries<SimclrRun>(g.json)) {
    const { lrs: rates, weight_decay: weightDecay, momentum, eeta: eta, groups } = config;
    const { classic_momentum: classic = true, use_nesterov: nesterov = false } = config;
    const order: LarsOrder = classic ? "trust, rate, momentum" : "momentum, trust, rate";
    const adapts = (name: string) => groups[name]!.layer_adaptation;
    const optimizer = lars({ ...all, momentum, eta, order, nesterov, adapts });
    const names = inRun(`${kind}.`);
    const state = compareRun({ g, run }, optimizer, {
      rates,
      weightDecay,
      names,
    });
    for (const [name, mu] of Object.entries(flatten((state as { mu: Named }).mu))) {
      g.near(mu, `${kind}.momentum_after${rates.length - 1}.${name}`);
    }
  }
}, { compiled: true });

golden("methods/swav/optimizers", "LARC moves every parameter as apex's", (g, run) => {
  const { lrs: rates, weight_decay: weightDecay, ...config } = JSON.parse(g.metadata.larc_sgd!);
  const { momentum, trust_coefficient: eta, clip, eps: epsilon } = config;
  const optimizer = larc({ momentum, eta, clip, epsilon });
  compareRun({ g, run }, optimizer, { rates, weightDecay, names: steps });
}, { compiled: true });

golden("methods/deepcluster_v2/optimizer", "LARC and its clipping are apex's", (g, run) => {
  for (const [kind, config] of Object.entries<LarcRun>(g.json)) {
    const { lrs: rates, weight_decay: weightDecay, momentum } = config;
    const { trust_coefficient: eta, clip, eps: epsilon } = config;
    const optimizer = larc({ momentum, eta, clip, epsilon });
    compareRun({ g, run }, optimizer, {
      rates,
      weightDecay,
      names: inRun(`${kind}.`),
    });
  }
}, { compiled: true });
