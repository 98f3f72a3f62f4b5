import type { Precision } from "../compile/mod.ts";
import type { BackboneConfig } from "../configs/mod.ts";
import {
  type Encoder,
  initResnet,
  type Resnet,
  resnetEncoder,
  untrained,
  type Vit,
  vitEncoder,
} from "../models/mod.ts";
import { Random } from "../random/mod.ts";

/** The parameters of a backbone. */
export type BackboneParams = Vit | Resnet;

/** What an encoder is called, and the precision of its matrix products. */
export type EncoderOptions = { name?: string; trained?: boolean; precision?: Precision };

/** The encoder of parameters, which become its own. */
export function encoderOf(
  params: BackboneParams,
  { resnet, heads }: Pick<BackboneConfig, "resnet" | "heads">,
  options: EncoderOptions,
): Encoder {
  return resnet
    ? resnetEncoder(params as Resnet, options)
    : vitEncoder(params as Vit, { ...options, heads });
}

/** The encoder with which pre-training of a configuration begins. */
export function initialEncoder(
  config: BackboneConfig & { seed: number },
  options: Omit<EncoderOptions, "trained"> = {},
): Encoder {
  if (!config.resnet) return untrained(config, options);
  const random = new Random(`${config.seed}/state`).fork("student").fork("backbone");
  const params = initResnet(config.resnet, random);
  return resnetEncoder(params, { name: "random initialization", ...options, trained: false });
}
