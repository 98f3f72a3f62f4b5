import * as tf from "@tensorflow/tfjs";
import {
  compareBelow,
  differentiate,
  kindsOf,
  type SplitParameters,
} from "../testing/differentiate.ts";
import { type Golden, golden, type Runner } from "../testing/goldens.ts";
import { flatten, type Named, type Tree, unflatten } from "../tree/mod.ts";
import { type Projection, projectUnit, trainProjectUnit } from "./projection.ts";

/** A projection followed by several sets of prototypes. */
type Head = Projection & { prototypes: { [name: string]: { weight: tf.Tensor2D } } };

const scoresOf = (x: tf.Tensor2D, { prototypes }: Head) =>
  Object.values(prototypes).map(({ weight }) => tf.matMul(x, weight, false, true) as tf.Tensor2D);

/**
 * Runs a head forward and backward: its outputs side by side, gradients, and running statistics.
 */
function trained(run: Runner, named: Named, [input, coefficients]: [tf.Tensor2D, tf.Tensor]) {
  const moves = (name: string) => !/running_|num_batches/.test(name);
  const entries = Object.entries(named);
  const p = {
    trained: Object.fromEntries(entries.filter(([name]) => moves(name))),
    fixed: Object.fromEntries(entries.filter(([name]) => !moves(name))),
  };
  const head = (x: tf.Tensor2D, p: Tree) => {
    const [embedding] = trainProjectUnit(x, p as Head);
    return tf.concat2d([embedding, ...scoresOf(embedding, p as Head)], 1);
  };
  const evaluate = run((p: SplitParameters, input: tf.Tensor2D) =>
    differentiate(head, p, { input, coefficients })
  );
  const train = run((x: tf.Tensor2D, p: Head) => trainProjectUnit(x, p)[1]);
  return { ...evaluate(p, input), buffers: flatten(train(input, unflatten(named))) };
}

/** Holds outputs that lie side by side against those of the file. */
function compareOutputs(g: Golden, output: tf.Tensor2D, names: string[]) {
  const widths = names.map((name) => g.shape(name)[1]!);
  tf.split(output, widths, 1).forEach((output, i) => g.near(output, names[i]!));
}

golden("methods/swav/heads", "projection and prototypes are the official ones", (g, run) => {
  /** Its prototypes have no name of their own in the file. */
  const placed = (name: string) => name.replace(/^prototypes\.weight/, "prototypes.0.weight");
  const unplaced = (name: string) => name.replace("prototypes.0.weight", "prototypes.weight");
  const rename = (named: Named, f: (name: string) => string) =>
    Object.fromEntries(Object.entries(named).map(([name, t]) => [f(name), t]));
  for (const kind of kindsOf(g)) {
    const input = g.tensor(`${kind}.input`) as tf.Tensor2D;
    const outputs = ["embedding", "scores"];
    const coefficients = outputs.map((name) => g.tensor(`${kind}.loss_coef_${name}`));
    const named = rename(g.below(`${kind}.param.`), placed);
    const out = trained(run, named, [input, tf.concat(coefficients, 1)]);
    compareOutputs(g, out.output, outputs.map((name) => `${kind}.${name}`));
    g.near(out.input, `${kind}.grad_input`);
    compareBelow(g, rename(out.grad, unplaced), `${kind}.grad.`);
    compareBelow(g, out.buffers, `${kind}.buffers_after_one_train_forward.`);
    const head = unflatten<Head>({ ...named, ...out.buffers });
    const embedding = projectUnit(input, head);
    g.near(embedding, `${kind}.embedding_eval_after`);
    g.near(scoresOf(embedding, head)[0]!, `${kind}.scores_eval_after`);
  }
}, { compiled: true });

golden("methods/deepcluster_v2/heads", "projection and all prototypes are official", (g, run) => {
  const input = g.tensor("input") as tf.Tensor2D;
  const named = g.below("param.");
  const heads = Object.keys(named).filter((name) => name.startsWith("prototypes.")).length;
  const outputs = ["embedding", ...Array.from({ length: heads }, (_, head) => `scores${head}`)];
  const coefficients = tf.concat(outputs.map((name) => g.tensor(`coef_${name}`)), 1);
  const out = trained(run, named, [input, coefficients]);
  compareOutputs(g, out.output, outputs);
  g.near(out.input, "grad_input");
  compareBelow(g, out.grad, "grad.");
  for (const name of Object.keys(g.below("after."))) g.near(out.buffers[name]!, `after.${name}`);
  const head = unflatten<Head>({ ...named, ...out.buffers });
  const embedding = projectUnit(input, head);
  g.near(embedding, "eval.embedding");
  g.near(scoresOf(embedding, head)[0]!, "eval.scores0");
}, { compiled: true });
