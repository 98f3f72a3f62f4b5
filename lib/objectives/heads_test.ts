import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import {
  compareDerivatives,
  differentiate,
  kindsOf,
  parametersOf,
  shapeLines,
  type SplitParameters,
} from "../testing/differentiate.ts";
import { golden } from "../testing/goldens.ts";
import { weightNorm } from "../nn/mod.ts";
import { Random } from "../random/mod.ts";
import { flatten, type Named, type Tree, unflatten } from "../tree/mod.ts";
import {
  type ContrastHead,
  contrastHead,
  type GroupHead,
  groupHead,
  type HeadsConfig,
  trainContrastHead,
} from "./heads.ts";
import { initContrastHead, initGroupHead } from "./init_heads.ts";

golden("heads", "contrast heads and their gradients are the official ones", (g, run) => {
  const kinds = kindsOf(g, /^(instance|local_group)\./);
  assertGreater(kinds.length, 0);
  const input = g.tensor("input") as tf.Tensor2D;
  for (const kind of kinds) {
    const normBeforePredictor = !kind.includes("no_norm_before_pred");
    const head = (x: tf.Tensor2D, p: Tree) =>
      contrastHead(x, p as ContrastHead, { normBeforePredictor });
    const evaluate = run((p: SplitParameters, x: Named) =>
      differentiate(head, p, { input: x.input as tf.Tensor2D, coefficients: x.coefficients! })
    );
    const coefficients = g.tensor(`${kind}.loss_coef`);
    compareDerivatives(g, kind, evaluate(parametersOf(g, kind), { input, coefficients }));
  }
}, { compiled: true });

golden("heads", "a student's target skips the predictor", (g, run) => {
  const target = run((x: tf.Tensor2D, p: ContrastHead) => contrastHead(x, p, { target: true }));
  const input = g.tensor("input") as tf.Tensor2D;
  for (const kind of kindsOf(g, /student/)) {
    if (!g.names.includes(`${kind}.output_as_target`)) continue;
    const p = unflatten<ContrastHead>(g.below(`${kind}.param.`));
    g.near(target(input, p), `${kind}.output_as_target`);
  }
}, { compiled: true });

golden("heads", "the group head is the official one, its lengths trained or fixed", (g, run) => {
  const input = g.tensor("input") as tf.Tensor2D;
  for (const kind of kindsOf(g, /^group/)) {
    const head = (x: tf.Tensor2D, p: Tree) => groupHead(x, p as GroupHead);
    const evaluate = run((p: SplitParameters, x: Named) =>
      differentiate(head, p, { input: x.input as tf.Tensor2D, coefficients: x.coefficients! })
    );
    const p = parametersOf(g, kind);
    assertEquals(Object.keys(p.fixed), kind.endsWith("_true") ? ["last_layer.weight_g"] : []);
    compareDerivatives(
      g,
      kind,
      evaluate(p, { input, coefficients: g.tensor(`${kind}.loss_coef`) }),
    );
    const { last_layer } = unflatten<GroupHead>(g.below(`${kind}.param.`));
    g.near(weightNorm(last_layer), `${kind}.effective_weight`);
  }
}, { compiled: true });

golden(
  "heads",
  "batch normalization trains, counts and evaluates as the official one",
  (g, run) => {
    const input = g.tensor("input") as tf.Tensor2D;
    const train = run((x: tf.Tensor2D, p: ContrastHead) => trainContrastHead(x, p));
    const evaluate = run((x: tf.Tensor2D, p: ContrastHead) => contrastHead(x, p));
    for (const kind of kindsOf(g, /_bn\./)) {
      const named = g.below(`${kind}.param.`);
      const [output, buffers] = train(input, unflatten(named));
      g.near(output, `${kind}.output_train`);
      const next = flatten(buffers);
      for (const name of g.names) {
        const prefix = `${kind}.buffers_after_one_train_forward.`;
        if (name.startsWith(prefix)) g.near(next[name.slice(prefix.length)]!, name);
      }
      g.near(evaluate(input, unflatten({ ...named, ...next })), `${kind}.output_eval_after`);
    }
  },
  { compiled: true },
);

Deno.test("predictors and prototypes begin as PyTorch's, projectors as truncated normal", () => {
  const config = {
    headHidden: 50,
    predictorHidden: 60,
    headOut: 40,
    localGroupOut: null,
    bottleneck: 30,
    prototypes: 70,
    batchNormInHead: false,
    normBeforePredictor: true,
    normLastLayer: false,
  } satisfies HeadsConfig;
  const random = new Random(1);
  const contrast = initContrastHead(random, config, { width: 20, predictor: true });
  const group = initGroupHead(random, config, { width: 20 });
  const heads: Named = { ...flatten(contrast), ...flatten({ last_layer: group.last_layer }) };
  const uniform = { "predictor.0.weight": 40, "predictor.2.weight": 60, "last_layer.weight_v": 30 };
  for (const [name, inputs] of Object.entries(uniform)) {
    const greatest = heads[name]!.abs().max().dataSync()[0]! * Math.sqrt(inputs);
    assertEquals([name, greatest > 0.98, greatest <= 1], [name, true, true]);
  }
  const deviation = tf.moments(heads["projector.2.weight"]!).variance.sqrt().dataSync()[0];
  assertAlmostEquals(deviation!, 0.02, 0.001);
  assertEquals(group.last_layer.weight_g.min().dataSync(), Float32Array.of(1));
});

golden("heads", "new heads have the names and shapes of the official ones", (g) => {
  const c = JSON.parse(g.metadata.config!);
  const config = {
    headHidden: c.hidden_dim,
    predictorHidden: c.pred_hidden_dim,
    headOut: c.out_dim,
    localGroupOut: null,
    bottleneck: c.bottleneck_dim,
    prototypes: c.group_out_dim,
    batchNormInHead: false,
    normBeforePredictor: true,
    normLastLayer: true,
  } satisfies HeadsConfig;
  const random = new Random(0);
  for (const kind of kindsOf(g)) {
    const heads = { ...config, batchNormInHead: kind.includes("_bn") };
    const head: Tree = kind.startsWith("group")
      ? initGroupHead(random, heads, { width: c.in_dim })
      : initContrastHead(random, heads, { width: c.in_dim, predictor: kind.includes("student") });
    assertEquals(shapeLines(flatten(head)), shapeLines(g.below(`${kind}.param.`)));
  }
});
