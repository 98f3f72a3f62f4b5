import * as tf from "@tensorflow/tfjs";
import { type Resnet, type ResnetBuffers, resnetStages, trainResnetStages } from "../models/mod.ts";
import { globalPool, linear } from "../nn/mod.ts";
import { flatten, type Named, unflatten } from "../tree/mod.ts";
import type { Golden } from "./goldens.ts";

/** The maps as the file has them, channels first, and what is made of them. */
type Outputs = Record<"stem" | `layer${number}` | "pooled" | "logits", tf.Tensor>;

/** What a forward and a backward pass give. */
export type ResnetPass = {
  outputs: Outputs;
  loss: tf.Scalar;
  grads: Named;
  input: tf.Tensor;
  after: Named;
};

type Loss = (logits: tf.Tensor2D) => tf.Scalar;

/** Runs a network in one of its two modes, and takes the gradients of a loss of its logits. */
export function resnetPass(
  images: tf.Tensor4D,
  p: Resnet,
  { train, loss }: { train: boolean; loss: Loss },
): ResnetPass {
  const named = flatten(p);
  const trained = Object.keys(named).filter((name) => !/running|tracked/.test(name));
  const forward = (images: tf.Tensor4D, p: Resnet): [Outputs, ResnetBuffers] => {
    const [maps, after] = train ? trainResnetStages(images, p) : [resnetStages(images, p), {}];
    const pooled = globalPool(maps.at(-1)!);
    const first = maps.map((map, i) => [i ? `layer${i}` : "stem", map.transpose([0, 3, 1, 2])]);
    return [{ ...Object.fromEntries(first), pooled, logits: linear(pooled, p.fc!) }, after];
  };
  const lossOf = (images: tf.Tensor, ...values: tf.Tensor[]) => {
    const next = Object.fromEntries(trained.map((name, i) => [name, values[i]!]));
    const [{ logits }] = forward(images as tf.Tensor4D, unflatten({ ...named, ...next }));
    return loss(logits as tf.Tensor2D);
  };
  const values = trained.map((name) => named[name]!);
  const { value, grads: [input, ...rest] } = tf.valueAndGrads(lossOf)([images, ...values]);
  const [outputs, after] = forward(images, p);
  const grads = Object.fromEntries(trained.map((name, i) => [name, rest[i]!]));
  return { outputs, loss: value, grads, input, after: flatten(after) } as ResnetPass;
}

/** Holds tensors against all that the file has of them under a prefix. */
export function compareShared(g: Golden, named: Named, prefix: string) {
  for (const name of g.names.filter((name) => name.startsWith(prefix))) {
    const tensor = named[name.slice(prefix.length)];
    if (tensor) g.near(tensor, name);
  }
}
