import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../random/mod.ts";
import type { Named } from "../tree/mod.ts";
import {
  adamw,
  clip,
  groups,
  initOptimizer,
  larc,
  lars,
  type Optimizer,
  type OptimizerOptions,
  type OptimizerState,
  sgd,
  stack,
  type Stacks,
  stacksOf,
  unstack,
} from "./mod.ts";

/** Parameters of two blocks, and others that stand alone. */
const shapes = {
  "cls_token": [1, 1, 3],
  "blocks.0.fc.weight": [4, 3],
  "blocks.0.fc.bias": [4],
  "blocks.1.fc.weight": [4, 3],
  "blocks.1.fc.bias": [4],
  "patch_embed.proj.bias": [4], // of another rate than the other vectors
  "last_layer.weight_v": [4, 3], // may be frozen
};

const drawn = (random: Random): Named =>
  Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const size = shape.reduce((product, n) => product * n, 1);
      return [name, tf.tensor(random.normals(size), shape)];
    }),
  );

const kindOf = (name: string, rank: number) =>
  JSON.stringify([groups()(name, rank), name.includes("last_layer")]);

Deno.test("stacksOf() puts tensors of equal shape and kind together, and no others", async () => {
  await tf.setBackend("cpu");
  assertEquals(Object.values(stacksOf(drawn(new Random(0)), kindOf)), [
    ["cls_token"],
    ["blocks.0.fc.weight", "blocks.1.fc.weight"],
    ["blocks.0.fc.bias", "blocks.1.fc.bias"],
    ["patch_embed.proj.bias"],
    ["last_layer.weight_v"],
  ]);
});

Deno.test("unstack() undoes stack(), and tensors of no stack stay as they are", async () => {
  await tf.setBackend("cpu");
  const named = drawn(new Random(0)), other = tf.scalar(1);
  const stacks = stacksOf(named, kindOf);
  const stacked = stack({ ...named, other }, stacks);
  assertEquals(stacked["blocks.0.fc.weight"]!.shape, [2, 4, 3]);
  assert(stacked.other === other);
  const again = unstack(stacked, stacks);
  assertEquals(Object.keys(again).sort(), [...Object.keys(named), "other"].sort());
  for (const [name, tensor] of Object.entries(named)) {
    assertEquals(again[name]!.arraySync(), tensor.arraySync(), name);
  }
});

const optimizers: Record<string, (options: OptimizerOptions) => Optimizer> = {
  adamw,
  sgd,
  lars,
  "lars in SimCLR's order": (options) => lars({ ...options, order: "momentum, trust, rate" }),
  larc: (options) => larc({ ...options, group: groups(), clip: true }),
};

for (const [kind, make] of Object.entries(optimizers)) {
  Deno.test(`${kind} moves stacks as it moves each of their parameters`, async () => {
    await tf.setBackend("cpu");
    const random = new Random(kind);
    let params = drawn(random);
    const stacks = stacksOf(params, kindOf);
    let state = initOptimizer(make({}), params);
    let stacked = { params: stack(params, stacks), state: stackState(state, stacks) };
    for (const frozen of [1, 0, 0]) {
      const now = { rate: tf.scalar(0.1), weightDecay: tf.scalar(0.2), frozen: tf.scalar(frozen) };
      const gradients = drawn(random), limit = 1.5;
      const [clipped] = clip(gradients, limit);
      [params, state] = make({}).update(params, clipped, { state, ...now });
      const [clippedStacks] = clip(stack(gradients, stacks), limit, { stacked: true });
      const [nextParams, nextState] = make({ stacked: true }).update(
        stacked.params,
        clippedStacks,
        { state: stacked.state, ...now },
      );
      stacked = { params: nextParams, state: nextState };
      assertSame(unstack(stacked.params, stacks), params);
      for (const [name, branch] of Object.entries(state)) {
        assertSame(unstack(stacked.state[name]!, stacks), branch);
      }
    }
  });
}

function stackState(state: OptimizerState, stacks: Stacks): OptimizerState {
  return Object.fromEntries(
    Object.entries(state).map(([name, branch]) => [name, stack(branch, stacks)]),
  );
}

/** Sums in another order: a few float32 epsilons (1.2e-7) of numbers up to 10. */
function assertSame(actual: Named, expected: Named) {
  assertEquals(Object.keys(actual).sort(), Object.keys(expected).sort());
  for (const [name, tensor] of Object.entries(expected)) {
    const values = actual[name]!.dataSync();
    tensor.dataSync().forEach((value, i) => assertAlmostEquals(values[i]!, value, 5e-6, name));
  }
}
