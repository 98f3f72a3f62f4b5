import type * as tf from "@tensorflow/tfjs";
import type { InfoMinConfig } from "../../configs/mod.ts";
import { type Backbone, backboneShapes, featureWidth, initBackbone } from "../../models/mod.ts";
import { initMlp, type MlpLayer, mlpShapes, uniformByInputs } from "../../nn/mod.ts";
import { enqueue, type Queue, queue, queueShapes } from "../../objectives/mod.ts";
import type { Random } from "../../random/mod.ts";
import { below, map, type Named, type Shapes } from "../../tree/mod.ts";
import type { InfoMinHeads } from "./heads.ts";

/** Patches of a jigsaw: three rows of three. */
export const grid = 3;

/** A backbone and its two heads. */
export type InfoMinNetwork = { backbone: Backbone } & InfoMinHeads;

/** What InfoMin carries from step to step. */
export type InfoMinState = {
  learner: { student: InfoMinNetwork; teacher: InfoMinNetwork };
  buffers: { keys: Queue };
};

/** The tensors of the networks and the queue. */
export function shapes(config: InfoMinConfig): Shapes {
  const { headOut } = config;
  const { inputs, layers } = headOf(config);
  const head = mlpShapes(inputs, layers);
  const network = {
    ...below("backbone", backboneShapes(config)),
    ...below("head", head),
    ...below("head_jig.fc1", head),
    "head_jig.fc2.weight": [headOut, grid ** 2 * headOut],
    "head_jig.fc2.bias": [headOut],
  };
  return {
    ...below("learner", { ...below("student", network), ...below("teacher", network) }),
    ...below("buffers.keys", queueShapes([headOut, config.queue])),
  };
}

/** The networks and the queue before the first step; the teacher equals the student. */
export function init(config: InfoMinConfig, random: Random): InfoMinState {
  const student = initNetwork(config, random.fork("student"));
  const teacher = map((tensor) => tensor.clone(), student);
  const keys = queue([config.headOut, config.queue], random.fork("queue"));
  return { learner: { student, teacher }, buffers: { keys } };
}

/** The queue after the keys of a step have replaced the oldest ones. */
export function next(
  { keys }: InfoMinState["buffers"],
  intake: Named,
): InfoMinState["buffers"] {
  return { keys: enqueue(keys, intake.keys as tf.Tensor2D) };
}

function initNetwork(config: InfoMinConfig, random: Random): InfoMinNetwork {
  const { headOut } = config;
  const inputs = grid ** 2 * headOut;
  const last = random.fork("head_jig.fc2");
  return {
    backbone: initBackbone(config, random.fork("backbone")),
    head: initMlp(random.fork("head"), headOf(config)),
    head_jig: {
      fc1: initMlp(random.fork("head_jig.fc1"), headOf(config)),
      fc2: {
        weight: uniformByInputs(last, [headOut, inputs], inputs),
        bias: uniformByInputs(last, [headOut], inputs),
      },
    },
  };
}

/** The layers of a head, with biases and without normalization. */
function headOf(config: InfoMinConfig): { inputs: number; layers: MlpLayer[] } {
  const inputs = featureWidth(config);
  return { inputs, layers: [{ width: inputs, bias: true }, { width: config.headOut, bias: true }] };
}
