import * as tf from "@tensorflow/tfjs";
import { assertGreater } from "@std/assert";
import {
  compareBelow,
  compareDerivatives,
  differentiate,
  kindsOf,
  parametersOf,
  type SplitParameters,
} from "../testing/differentiate.ts";
import { golden, type Runner } from "../testing/goldens.ts";
import { flatten, type Named, type Tree, unflatten } from "../tree/mod.ts";
import {
  type BatchNorm,
  type Linear,
  type Sequential,
  sequential,
  trainSequential,
} from "./mod.ts";

const relu = { activation: "relu" } as const;

/** A head's output and gradients, in one function that may be compiled. */
function derivatives(run: Runner, head: (x: tf.Tensor2D, p: Tree) => tf.Tensor2D) {
  return run((p: SplitParameters, input: tf.Tensor2D, coefficients: tf.Tensor) =>
    differentiate(head, p, { input, coefficients })
  );
}

golden("methods/moco_v3/heads", "projectors and predictors train and evaluate", (g, run) => {
  const kinds = kindsOf(g);
  assertGreater(kinds.length, 0);
  const coefficients = g.tensor("loss_coef");
  for (const kind of kinds) {
    const input = g.tensor(kind.endsWith("predictor") ? "input_predictor" : "input") as tf.Tensor2D;
    const train = (x: tf.Tensor2D, p: Tree) => trainSequential(x, p as Sequential, relu);
    const evaluate = derivatives(run, (x, p) => train(x, p)[0]);
    compareDerivatives(g, kind, evaluate(parametersOf(g, kind), input, coefficients));

    const named = g.below(`${kind}.param.`);
    const buffers = flatten(run(train)(input, unflatten(named))[1]);
    compareBelow(g, buffers, `${kind}.buffers_after_one_train_forward.`);
    const after = unflatten<Sequential>({ ...named, ...buffers });
    g.near(sequential(input, after, relu), `${kind}.output_eval_after`);
  }
}, { compiled: true });

golden("methods/simsiam/heads", "projector and predictor train and evaluate", (g, run) => {
  type Heads = { projector: Sequential; predictor: Sequential };
  const input = g.tensor("input") as tf.Tensor2D;
  const train = (x: tf.Tensor2D, { projector, predictor }: Heads) => {
    const [projection, projectorBuffers] = trainSequential(x, projector, relu);
    const [prediction, predictorBuffers] = trainSequential(projection, predictor, relu);
    const buffers = { projector: projectorBuffers, predictor: predictorBuffers };
    return { outputs: tf.concat2d([projection, prediction], 1), buffers };
  };
  const outputs = ["projection", "prediction"];
  const coefficients = tf.concat(outputs.map((name) => g.tensor(`coef_${name}`)), 1);
  const named = g.below("param.");
  const moves = (name: string) => g.names.includes(`grad.${name}`);
  const p = {
    trained: Object.fromEntries(Object.entries(named).filter(([name]) => moves(name))),
    fixed: Object.fromEntries(Object.entries(named).filter(([name]) => !moves(name))),
  };
  const evaluate = derivatives(run, (x, p) => train(x, p as Heads).outputs);
  const { output, grad, input: dx } = evaluate(p, input, coefficients);
  tf.split(output, 2, 1).forEach((output, i) => g.near(output, outputs[i]!));
  g.near(dx, "grad_input");
  compareBelow(g, grad, "grad.");

  const buffers = flatten(run(train)(input, unflatten(named)).buffers);
  compareBelow(g, buffers, "after.");
  const { projector, predictor } = unflatten<Heads>({ ...named, ...buffers });
  const projection = sequential(input, projector, relu);
  g.near(projection, "eval.projection");
  g.near(sequential(projection, predictor, relu), "eval.prediction");
}, { compiled: true });

golden("methods/byol/heads", "running averages without bias are the official ones", (g, run) => {
  type Heads = { projector: { [position: string]: Linear | BatchNorm } };
  const options = { ...relu, variance: "biased", debiased: true } as const;
  const input = g.tensor("input") as tf.Tensor2D;
  const train = (x: tf.Tensor2D, { projector }: Heads) => trainSequential(x, projector, options);
  const trained = g.below("param.");
  let fixed: Named = {};
  for (const name of Object.keys(trained).filter((name) => name.endsWith(".0.weight"))) {
    const norm = name.replace(".0.weight", ".1"); // what it normalizes is as wide
    const width = trained[name]!.shape[0]!;
    fixed[`${norm}.running_mean`] = tf.zeros([width]);
    fixed[`${norm}.running_var`] = tf.ones([width]);
    fixed[`${norm}.num_batches_tracked`] = tf.scalar(0, "int32");
  }
  const evaluate = derivatives(run, (x, p) => train(x, p as Heads)[0]);
  const { output, grad, input: dx } = evaluate({ trained, fixed }, input, g.tensor("coef"));
  g.near(output, "output");
  g.near(dx, "grad_input");
  compareBelow(g, grad, "grad.");

  const inputs = [input, input.mul<tf.Tensor2D>(1.5).add<tf.Tensor2D>(0.1)];
  const forward = run(train);
  for (const [i, x] of inputs.entries()) {
    const [y, buffers] = forward(x, unflatten({ ...trained, ...fixed }));
    fixed = flatten({ projector: buffers });
    if (i === 1) g.near(y, "second.output");
    for (const name of Object.keys(g.below(`after${i + 1}.`))) {
      const [, norm, kind, part] = /^(.*)\.(mean|var)_(\w+)$/.exec(name)!;
      const count = fixed[`${norm}.num_batches_tracked`]!;
      const average = fixed[`${norm}.running_${kind}`]!;
      const parts: Record<string, () => tf.Tensor> = {
        average: () => average,
        hidden: () => average.mul(1 - 0.9 ** count.dataSync()[0]!),
        counter: () => count,
      };
      g.near(parts[part!]!(), `after${i + 1}.${name}`);
    }
  }
  const { projector } = unflatten<Heads>({ ...trained, ...fixed });
  g.near(sequential(input, projector, relu), "eval.output");
}, { compiled: true });

golden(
  "methods/simclr/heads",
  "linear layers and normalizations are the official ones",
  (g, run) => {
    const options = { ...relu, variance: "biased" } as const;
    /** By position, as of a sequence, where the file says `0.linear` and `0.bn`. */
    const placed = (name: string) =>
      name.replace(/^(\d+)\.(linear|bn)/, (_, i, kind) => String(3 * i + (kind === "bn" ? 1 : 0)));
    const renamed = (named: Named) =>
      Object.fromEntries(Object.entries(named).map(([name, t]) => [placed(name), t]));
    const train = (x: tf.Tensor2D, p: Tree) => trainSequential(x, p as Sequential, options);
    for (const kind of kindsOf(g)) {
      const input = g.tensor(`${kind}.input`) as tf.Tensor2D;
      const { trained, fixed } = parametersOf(g, kind);
      const counts = Object.keys(renamed(fixed)).filter((name) => name.endsWith("running_mean"))
        .map((
          name,
        ) => [name.replace("running_mean", "num_batches_tracked"), tf.scalar(0, "int32")]);
      const p = {
        trained: renamed(trained),
        fixed: { ...renamed(fixed), ...Object.fromEntries(counts) },
      };
      const evaluate = derivatives(run, (x, p) => train(x, p)[0]);
      const { output, grad, input: dx } = evaluate(p, input, g.tensor(`${kind}.coef`));
      g.near(output, `${kind}.output`);
      g.near(dx, `${kind}.grad_input`);
      const official = Object.keys(trained);
      for (const name of official) g.near(grad[placed(name)]!, `${kind}.grad.${name}`);

      const named = { ...p.trained, ...p.fixed };
      const next = flatten(run(train)(input, unflatten(named))[1]);
      for (const name of Object.keys(g.below(`${kind}.after.`))) {
        g.near(next[placed(name)]!, `${kind}.after.${name}`);
      }
      const after = unflatten<Sequential>({ ...named, ...next });
      g.near(sequential(input, after, relu), `${kind}.eval.output`);
    }
  },
  { compiled: true },
);
