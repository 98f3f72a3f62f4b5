import type { PretrainConfig } from "../training/mod.ts";

/** How images are scored. */
export type EvalConfig = {
  /**
   * What is seen of an image: `center` resizes its shorter side to 256/224 of the square and cuts out the center,
   * `whole` resizes all of it to the square, antialiased.
   */
  evalCrop: "center" | "whole";
  /** Pixels of that square; `null` for the image size. The positions are resized for any other. */
  evalSize: number | null;
};

/** How images are read. */
export type ReadConfig = {
  /** Whether they are turned as their EXIF orientation says; the original's loader leaves them as they are stored. */
  exif: boolean;
};

/** All that a run depends on beside its data and its backend. */
export type Config = PretrainConfig & EvalConfig & ReadConfig;
