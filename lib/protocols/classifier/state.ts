import * as tf from "@tensorflow/tfjs";
import { type Backbone, featureWidth, initBackbone, isVit, type Vit } from "../../models/mod.ts";
import { resizePositions } from "../../nn/mod.ts";
import { initOptimizer, type OptimizerState, toBranches } from "../../optim/mod.ts";
import { Random } from "../../random/mod.ts";
import { below, dispose, flatten, type Named, type Shapes, unflatten } from "../../tree/mod.ts";
import { initHead } from "./head.ts";
import type { ClassifierNetwork } from "./network.ts";
import {
  classifierOptimizer,
  type ClassifierSetup,
  isAveraged,
  isLearned,
  networkShapes,
} from "./setup.ts";

/** Everything that leaves a step of a classifier and enters the next. */
export type ClassifierState = {
  /** Steps done, int32. */
  step: tf.Scalar;
  model: ClassifierNetwork;
  /** The moving average of the model's tensors by path, where there is one. */
  average?: Named;
  optimizer: OptimizerState;
};

/**
 * The state before the first step; it depends on the setup, its seed and the backbone alone.
 *
 * @param backbone The weights to begin with, which become the state's; by default new ones.
 */
export function initClassifier(setup: ClassifierSetup, backbone?: Backbone): ClassifierState {
  const { config, classes } = setup;
  const random = new Random(`${config.seed}/state`);
  const inputs = featureWidth(setup.backbone);
  const model = {
    backbone: backbone ? fitting(backbone, setup) : newBackbone(setup, random),
    head: initHead(config, { inputs, classes }, random.fork("head")),
  };
  return classifierState(model, setup);
}

/** The state of a network before the first step. */
export function classifierState(
  model: ClassifierNetwork,
  setup: ClassifierSetup,
): ClassifierState {
  const named = flatten(model);
  const average = copy(select(named, isAveraged));
  return {
    step: tf.scalar(0, "int32"),
    model,
    ...setup.config.average !== null && { average },
    optimizer: initOptimizer(classifierOptimizer(setup), select(named, isLearned)),
  };
}

/** The tensors of a state by path. */
export function classifierShapes(setup: ClassifierSetup): Shapes {
  const shapes = networkShapes(setup);
  const optimizer = classifierOptimizer(setup).shapes(select(shapes, isLearned));
  return {
    step: [],
    ...below("model", shapes),
    ...setup.config.average !== null && below("average", select(shapes, isAveraged)),
    ...below("optimizer", optimizer),
  };
}

/** The state whose tensors have these paths. */
export function toClassifierState(named: Named): ClassifierState {
  const part = (path: string): Named =>
    Object.fromEntries(
      Object.entries(named).filter(([name]) => name.startsWith(`${path}.`))
        .map(([name, tensor]) => [name.slice(path.length + 1), tensor]),
    );
  const average = part("average");
  return {
    step: named.step as tf.Scalar,
    model: unflatten<ClassifierNetwork>(part("model")),
    ...Object.keys(average).length > 0 && { average },
    optimizer: toBranches(part("optimizer")),
  };
}

/** Those entries of a record whose names pass. */
export function select<T>(record: Record<string, T>, passes: (name: string) => boolean) {
  return Object.fromEntries(Object.entries(record).filter(([name]) => passes(name)));
}

function copy(named: Named): Named {
  return Object.fromEntries(Object.entries(named).map(([name, tensor]) => [name, tensor.clone()]));
}

/** The tensors of a loaded backbone that classify, its positions for the images of the recipe. */
function fitting(backbone: Backbone, { config, backbone: sizes }: ClassifierSetup): Backbone {
  if (!isVit(backbone)) {
    const { fc, ...rest } = backbone;
    dispose(fc ?? []);
    return rest;
  }
  const { relation_blocks = [], masked_embed, ...vit } = backbone;
  dispose(relation_blocks, masked_embed ?? []);
  if (!config.resizePositions) return vit;
  const side = config.imageSize / sizes.patchSize;
  const pos_embed = tf.tidy(() => resizePositions(vit.pos_embed, [side, side], { surplus: 0 }));
  if (pos_embed !== vit.pos_embed) vit.pos_embed.dispose();
  return { ...vit, pos_embed };
}

function newBackbone({ config, backbone }: ClassifierSetup, random: Random): Backbone {
  const params = initBackbone(backbone, random.fork("student").fork("backbone"));
  return config.scaleBlocks && isVit(params) ? withScaledBlocks(params) : params;
}

/**
 * A new vision transformer whose projections of block `i` (from 1) are divided by √(2i), so that
 * the sum over all branches begins no larger than one of them.
 *
 * Source: BEiT's `fix_init_weight`, which Mugs' fine-tuning follows.
 */
export function withScaledBlocks(vit: Vit): Vit {
  const blocks = vit.blocks.map((block, i) => {
    const { attn, mlp } = block;
    const divisor = Math.sqrt(2 * (i + 1));
    const proj = { ...attn.proj, weight: attn.proj.weight.div<tf.Tensor2D>(divisor) };
    const fc2 = { ...mlp.fc2, weight: mlp.fc2.weight.div<tf.Tensor2D>(divisor) };
    dispose(attn.proj.weight, mlp.fc2.weight);
    return { ...block, attn: { ...attn, proj }, mlp: { ...mlp, fc2 } };
  });
  return { ...vit, blocks };
}
