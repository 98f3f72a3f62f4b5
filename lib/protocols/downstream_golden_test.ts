import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertGreater } from "@std/assert";
import { initOptimizer, type OptimizerState, sgd } from "../optim/mod.ts";
import { golden } from "../testing/goldens.ts";
import { mixedTargets } from "../transforms/mod.ts";
import { crossEntropy, logistic, logisticScores, probeFeatures } from "./mod.ts";

const set = "downstream_extras";

golden(
  set,
  "cross-entropy of mixed and of smoothed labels is timm's, with its gradient",
  (g, run) => {
    const { smoothing, classes } = g.json.mixup;
    const labels = Array.from(g.values("mixup.labels"));
    const smoothed = tf.tensor2d(mixedTargets(labels, 1, { classes, smoothing }), [
      labels.length,
      classes,
    ]);
    const differentiate = run((logits: tf.Tensor2D, targets: tf.Tensor2D) => {
      const loss = (x: tf.Tensor) => crossEntropy(x as tf.Tensor2D, targets);
      return tf.valueAndGrad(loss)(logits);
    });
    const cases = { soft_ce: g.tensor("cutmix.target"), label_smoothing_ce: smoothed };
    for (const [name, targets] of Object.entries(cases)) {
      const logits = g.tensor("soft_ce.logits") as tf.Tensor2D;
      const { value, grad } = differentiate(logits, targets as tf.Tensor2D);
      g.near(value.dataSync(), `${name}.loss`);
      g.near(grad, `${name}.grad`);
    }
  },
  { compiled: true },
);

golden(set, "the linear probe sees the official features", (g) => {
  const count = g.names.filter((name) => /^linear\.cls\d+$/.test(name)).length;
  const tokens = Array.from({ length: count }, (_, i) => g.tensor(`linear.cls${i}`) as tf.Tensor2D);
  const mean = g.tensor("linear.mean_patch_last") as tf.Tensor2D;
  g.near(probeFeatures(tokens), `linear.features_n${count}`);
  g.near(probeFeatures(tokens, mean), "linear.features_n1_avgpool_interleaved");
});

golden(set, "steps of the linear probe are the official ones", (g, run) => {
  const { lr, momentum, weight_decay, steps } = g.json.linear;
  const name = g.names.find((name) => /^linear\.features_n\d+$/.test(name))!;
  const weight = g.tensor("linear.weight_init") as tf.Tensor2D;
  const targets = tf.oneHot(g.tensor("linear.labels").toInt(), weight.shape[0]) as tf.Tensor2D;
  const optimizer = sgd({ momentum, group: () => ({ rate: 1, decays: true }) });
  const now = { rate: tf.scalar(lr), weightDecay: tf.scalar(weight_decay) };
  type Classifier = { weight: tf.Tensor; bias: tf.Tensor };
  const step = run((params: Classifier, state: OptimizerState, x: tf.Tensor2D, y: tf.Tensor2D) => {
    const loss = (weight: tf.Tensor, bias: tf.Tensor) =>
      crossEntropy(tf.matMul(x, weight as tf.Tensor2D, false, true).add(bias), y);
    const { value, grads } = tf.valueAndGrads(loss)([params.weight, params.bias]);
    const [weight, bias] = grads as [tf.Tensor, tf.Tensor];
    const [next, nextState] = optimizer.update(params, { weight, bias }, { ...now, state });
    return { value, next, state: nextState };
  });
  let params: Classifier = { weight, bias: tf.zeros([weight.shape[0]]) };
  let state = initOptimizer(optimizer, params);
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) {
    const out = step(params, state, g.tensor(name) as tf.Tensor2D, targets.toFloat());
    losses.push(out.value.dataSync()[0]!);
    [params, state] = [out.next as Classifier, out.state];
  }
  g.near(losses, `linear.losses_${steps}_steps`);
  g.near(params.weight, `linear.weight_after_${steps}`);
  g.near(params.bias, `linear.bias_after_${steps}`);
}, { compiled: true });

golden(set, "logistic regression finds the weights of scikit-learn", (g) => {
  const part = (name: string) => {
    const [, width] = g.shape(`logreg.${name}`) as [number, number];
    const labels = Array.from(g.values(`logreg.${name}_labels`));
    return { x: Float64Array.from(g.values(`logreg.${name}`)), labels, width };
  };
  const [train, test] = [part("train"), part("test")];
  assertGreater(g.json.logreg.length, 0);
  for (const { lambd, lambda_effective: lambda, train_acc, test_acc } of g.json.logreg) {
    // A number may be written otherwise in a name: 1e-05 and 0.00001.
    const name = g.names.find((name) => Number(name.split("weights_lambda_")[1]) === lambd)!;
    const [classes] = g.shape(name) as [number, number];
    const weights = logistic({ ...train, classes }, { lambda });
    g.near(weights, name);
    for (const [data, expected] of [[train, train_acc], [test, test_acc]] as const) {
      const scores = logisticScores({ ...data, classes }, weights);
      const right = data.labels.filter((label, i) => {
        const row = scores.subarray(i * classes, (i + 1) * classes);
        return row.indexOf(Math.max(...row)) === label;
      });
      assertEquals(right.length / data.labels.length, expected);
    }
  }
});
