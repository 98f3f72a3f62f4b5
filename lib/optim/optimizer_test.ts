import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertThrows } from "@std/assert";
import { golden } from "../testing/goldens.ts";
import { flatten, type Named } from "../tree/mod.ts";
import {
  adamw,
  groups,
  initOptimizer,
  lars,
  type Optimizer,
  type OptimizerOptions,
  type OptimizerState,
  sgd,
  stepOf,
} from "./mod.ts";

const optimizers: Record<string, (options: OptimizerOptions) => Optimizer> = { adamw, sgd, lars };

/** The options of PyTorch's optimizers that ours have, too. */
const optionsOf = (
  { betas, eps, momentum, eta }: Record<string, number> & { betas?: [number, number] },
) =>
  Object.fromEntries(
    Object.entries({ betas, epsilon: eps, momentum, eta }).filter(([, value]) =>
      value !== undefined
    ),
  );

for (const [kind, make] of Object.entries(optimizers)) {
  golden("optimizers", `${kind} moves every parameter as PyTorch does`, (g, run) => {
    const { lrs, wds, patch_embed_lr_mult, last_layer_no_grad_steps: skipped } = g.json;
    const optimizer = make({ group: groups(patch_embed_lr_mult), ...optionsOf(g.json[kind]) });
    const update = run((params: Named, gradients: Named, state: OptimizerState, now: Now) =>
      optimizer.update(params, gradients, { state, ...now })
    );
    let params: Named = g.below("init.");
    let state = initOptimizer(optimizer, params);
    for (const [step, rate] of lrs.entries()) {
      const now = {
        rate: tf.scalar(rate),
        weightDecay: tf.scalar(wds[step]),
        frozen: tf.scalar(skipped.includes(step) ? 1 : 0),
      };
      // A frozen layer may have any gradient: here it has one that would ruin it.
      const ruin = (name: string) => tf.fill(g.shape(`init.${name}`), 1e3);
      const gradients = Object.fromEntries(
        Object.keys(params).map((name) => {
          const hasGradient = g.names.includes(`grad${step}.${name}`) && !(skipped.includes(step) &&
            name.includes("last_layer"));
          return [name, hasGradient ? g.tensor(`grad${step}.${name}`) : ruin(name)];
        }),
      );
      [params, state] = update(params, gradients, state, now);
      params = flatten(params);
      for (const name of Object.keys(params)) g.near(params[name]!, `${kind}.after${step}.${name}`);
    }
  }, { compiled: true });

  Deno.test(`${kind} leaves a parameter without gradient, and all that it remembers`, () => {
    const params = { a: tf.tensor1d([1, 2]), b: tf.tensor1d([3]) };
    const optimizer = make({});
    const now = { rate: tf.scalar(0.1), weightDecay: tf.scalar(0.1) };
    const [next] = optimizer.update(params, { a: tf.tensor1d([1, 1]) }, {
      ...now,
      state: initOptimizer(optimizer, params),
    });
    assertEquals(next.b, params.b);
  });

  Deno.test(`${kind} says which part of its state is missing`, () => {
    const now = { rate: tf.scalar(0.1), weightDecay: tf.scalar(0.1), state: {} };
    assertThrows(() => make({}).update({}, {}, now), TypeError, "state has no");
  });
}

type Now = { rate: tf.Scalar; weightDecay: tf.Scalar; frozen: tf.Scalar };

Deno.test("adamw counts the last layer's steps apart", () => {
  const params = { "a.weight": tf.ones([2, 2]), "last_layer.weight_v": tf.ones([2, 2]) };
  const optimizer = adamw();
  const now = { rate: tf.scalar(0.1), weightDecay: tf.scalar(0), frozen: tf.scalar(1) };
  const [next, state] = optimizer.update(params, params, {
    ...now,
    state: initOptimizer(optimizer, params),
  });
  assertEquals(stepOf(state, "a.weight").dataSync()[0], 1);
  assertEquals(stepOf(state, "last_layer.weight_v").dataSync()[0], 0);
  assertEquals(Array.from(next["last_layer.weight_v"]!.dataSync()), [1, 1, 1, 1]);
});
