import * as tf from "@tensorflow/tfjs";
import type { ClassifierNetworkConfig } from "../../configs/mod.ts";
import { initLinear, type Linear, linear, linearGelu } from "../../nn/mod.ts";
import type { Random } from "../../random/mod.ts";
import { dispose, type Shapes } from "../../tree/mod.ts";

/** What makes logits of features: one linear layer, or two with GELU between them. */
export type Head = Linear | MlpHead;

/** The head of semi-supervised fine-tuning, under its official names. */
export type MlpHead = { mlp: readonly [Linear]; cls_head: Linear };

/** Widths on both sides of a head. */
export type HeadWidths = { inputs: number; classes: number };

type HeadConfig = Pick<ClassifierNetworkConfig, "head" | "headHidden" | "headScale">;

/** The logits `[batch, classes]` of features `[batch, width]`. */
export function classify(features: tf.Tensor2D, head: Head): tf.Tensor2D {
  if (!("cls_head" in head)) return linear(features, head);
  return linear(linearGelu(features, head.mlp[0]), head.cls_head);
}

/** The tensors of a head by name. */
export function headShapes({ head, headHidden }: HeadConfig, widths: HeadWidths): Shapes {
  const { inputs, classes } = widths;
  if (head === "linear") return { weight: [classes, inputs], bias: [classes] };
  return {
    "mlp.0.weight": [headHidden, inputs],
    "mlp.0.bias": [headHidden],
    "cls_head.weight": [classes, headHidden],
    "cls_head.bias": [classes],
  };
}

/** A new head: truncated normal weights of deviation 0.02, the last layer scaled; no bias. */
export function initHead(
  { head, headHidden, headScale }: HeadConfig,
  { inputs, classes }: HeadWidths,
  random: Random,
): Head {
  if (head === "linear") return scaled(initLinear(random, [inputs, classes]), headScale);
  return {
    mlp: [initLinear(random, [inputs, headHidden])],
    cls_head: scaled(initLinear(random, [headHidden, classes]), headScale),
  };
}

/** A layer with its weights multiplied by a factor, which takes the place of the given one. */
export function scaled({ weight, bias }: Linear, factor: number): Linear {
  const next = tf.tidy(() => ({
    weight: weight.mul(factor),
    ...bias && { bias: bias.mul(factor) },
  }));
  dispose(weight, bias ?? []);
  return next as Linear;
}
