import * as tf from "@tensorflow/tfjs";
import {
  compareBelow,
  differentiate,
  kindsOf,
  type SplitParameters,
} from "../../testing/differentiate.ts";
import { type Golden, golden } from "../../testing/goldens.ts";
import { flatten, type Named, type Tree, unflatten } from "../../tree/mod.ts";
import { classLogits, type IbotHead, ibotHead, trainIbotHead } from "./head.ts";

/** The parameters of a variant, each once: the file repeats what stands in two places. */
function parametersOf(g: Golden, kind: string): Required<SplitParameters> {
  const { shared_head } = JSON.parse(g.metadata[kind]!);
  const all = Object.entries(g.below(`${kind}.param.`)).filter(([name]) =>
    !(shared_head && name.startsWith("last_layer2.")) &&
    !(/^mlp\.\d+/.test(name) && isRepeated(g, `${kind}.param.`, name))
  );
  const moves = (name: string) => g.names.includes(`${kind}.grad.${name}`);
  return {
    trained: Object.fromEntries(all.filter(([name]) => moves(name))),
    fixed: Object.fromEntries(all.filter(([name]) => !moves(name))),
  };
}

/** Whether a tensor is part of the normalization that stands at position 1 already. */
function isRepeated(g: Golden, prefix: string, name: string): boolean {
  const [, position] = name.split(".");
  return g.names.includes(`${prefix}mlp.1.weight`) && Number(position) > 1 &&
    g.shape(`${prefix}mlp.${position}.weight`).length === 1;
}

golden("methods/ibot/heads", "every head, gradient and statistic is official", (g, run) => {
  const tokens = g.tensor("input") as tf.Tensor3D;
  for (const kind of kindsOf(g)) {
    const { act = "gelu" } = JSON.parse(g.metadata[kind]!);
    const options = { activation: act };
    const train = (x: tf.Tensor, p: Tree) =>
      trainIbotHead(x as tf.Tensor3D, p as IbotHead, options);
    /** Both outputs side by side. */
    const head = (x: tf.Tensor, p: Tree) => {
      const [{ classes, patches }] = train(x, p);
      return tf.concat2d([classes, patches.reshape([classes.shape[0], -1])], 1);
    };
    const evaluate = run((p: SplitParameters, input: tf.Tensor, coefficients: tf.Tensor) =>
      differentiate(head, p, { input: input as tf.Tensor2D, coefficients })
    );
    const [ofClasses, ofPatches] = ["cls", "patch"].map((name) =>
      g.tensor(`${kind}.loss_coef_${name}`)
    ) as [tf.Tensor2D, tf.Tensor3D];
    const [batch, width] = ofClasses.shape;
    const p = parametersOf(g, kind);
    const both = tf.concat2d([ofClasses, ofPatches.reshape([batch, -1])], 1);
    const { output, grad, input } = evaluate(p, tokens, both);
    const [classes, patches] = tf.split(output, [width, -1], 1) as [tf.Tensor2D, tf.Tensor2D];
    g.near(classes, `${kind}.output_cls`);
    g.near(patches.reshape(ofPatches.shape), `${kind}.output_patch`);
    g.near(input, `${kind}.grad_input`);
    compareBelow(g, grad, `${kind}.grad.`);

    const named: Named = { ...p.trained, ...p.fixed };
    const buffers = flatten(run(train)(tokens, unflatten<IbotHead>(named))[1]);
    compareBelow(g, buffers, `${kind}.buffers_after_one_train_forward.`);
    const after = unflatten<IbotHead>({ ...named, ...buffers });
    const alone = classLogits(g.tensor("input_cls_only") as tf.Tensor2D, after, options);
    g.near(alone, `${kind}.output_of_cls_only_eval`);
  }
}, { compiled: true });

Deno.test("ibotHead() gives class tokens what classLogits() gives them", () => {
  const random = (...shape: number[]) => tf.randomNormal(shape, 0, 1, "float32", shape.length);
  const p = {
    mlp: { 0: { weight: random(5, 4) as tf.Tensor2D } },
    last_layer: { weight_g: tf.ones<tf.Rank.R2>([6, 1]), weight_v: random(6, 5) as tf.Tensor2D },
  };
  const tokens = random(2, 3, 4) as tf.Tensor3D;
  const { classes } = ibotHead(tokens, p);
  const alone = classLogits(tokens.slice([0, 0], [-1, 1]).reshape([2, 4]), p);
  const difference = classes.sub(alone).abs().max().dataSync()[0]!;
  if (difference > 1e-6) throw new Error(`They differ by ${difference}`);
});
