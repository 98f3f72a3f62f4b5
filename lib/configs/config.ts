import type { PretrainConfig } from "../training/mod.ts";

/** How images are scored. */
export type EvalConfig = {
  /**
   * What is seen of an image: `center` resizes its shorter side to 256/224 of the image size and cuts out the center,
   * `whole` resizes all of it to the image size, antialiased.
   */
  evalCrop: "center" | "whole";
};

/** All that a run depends on beside its data and its backend. */
export type Config = PretrainConfig & EvalConfig;
