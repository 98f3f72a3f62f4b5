import type * as tf from "@tensorflow/tfjs";
import { assertEquals, assertGreater } from "@std/assert";
import { weightNorm } from "../../nn/mod.ts";
import { Random } from "../../random/mod.ts";
import {
  compareDerivatives,
  differentiate,
  kindsOf,
  parametersOf,
  shapeLines,
  type SplitParameters,
} from "../../testing/differentiate.ts";
import { type Golden, golden } from "../../testing/goldens.ts";
import { flatten, type Named, type Tree, unflatten } from "../../tree/mod.ts";
import { type DinoHead, dinoHead, initDinoHead, trainDinoHead } from "./head.ts";

/** The official arguments of a variant. */
function variant(g: Golden, kind: string) {
  const { nlayers = 3, use_bn = false, norm_last_layer = true } = JSON.parse(
    g.metadata[kind] ?? "{}",
  );
  return { layers: nlayers, batchNorm: use_bn, normLastLayer: norm_last_layer };
}

golden("methods/dino/heads", "every head and its gradients are the official ones", (g, run) => {
  const input = g.tensor("input") as tf.Tensor2D;
  const kinds = kindsOf(g);
  assertGreater(kinds.length, 0);
  for (const kind of kinds) {
    const { normLastLayer } = variant(g, kind);
    const head = (x: tf.Tensor2D, p: Tree) => trainDinoHead(x, p as DinoHead)[0];
    const evaluate = run((p: SplitParameters, x: Named) =>
      differentiate(head, p, { input: x.input as tf.Tensor2D, coefficients: x.coefficients! })
    );
    const p = parametersOf(g, kind);
    assertEquals("last_layer.weight_g" in p.trained, !normLastLayer);
    compareDerivatives(g, kind, evaluate(p, { input, coefficients: g.tensor("loss_coef") }));
    const { last_layer } = unflatten<DinoHead>(g.below(`${kind}.param.`));
    g.near(weightNorm(last_layer), `${kind}.effective_weight`);
  }
}, { compiled: true });

golden("methods/dino/heads", "running statistics move and are used as officially", (g, run) => {
  const input = g.tensor("input") as tf.Tensor2D;
  const train = run((x: tf.Tensor2D, p: DinoHead) => trainDinoHead(x, p));
  const evaluate = run((x: tf.Tensor2D, p: DinoHead) => dinoHead(x, p));
  for (const kind of kindsOf(g).filter((kind) => variant(g, kind).batchNorm)) {
    const named = g.below(`${kind}.param.`);
    const next = flatten(train(input, unflatten<DinoHead>(named))[1]);
    const prefix = `${kind}.buffers_after_one_train_forward.`;
    assertEquals(shapeLines(next), shapeLines(g.below(prefix)));
    for (const [name, buffer] of Object.entries(next)) g.near(buffer, `${prefix}${name}`);
    const p = unflatten<DinoHead>({ ...named, ...next });
    g.near(evaluate(input, p), `${kind}.output_eval_after`);
  }
}, { compiled: true });

golden("methods/dino/heads", "new heads have the official names and shapes", (g) => {
  const { in_dim: width, ...config } = JSON.parse(g.metadata.config!);
  for (const kind of kindsOf(g)) {
    const { layers, batchNorm } = variant(g, kind);
    const head = initDinoHead(new Random(0), {
      headLayers: layers,
      headHidden: config.hidden_dim,
      bottleneck: config.bottleneck_dim,
      prototypes: config.out_dim,
      batchNormInHead: batchNorm,
    }, { width });
    assertEquals(shapeLines(flatten(head)), shapeLines(g.below(`${kind}.param.`)));
  }
});
