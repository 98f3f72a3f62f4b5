import type { ResnetSizes, VitConfig } from "../models/mod.ts";
import type { OptimConfig, Span } from "../optim/mod.ts";
import type { CropsConfig } from "../transforms/mod.ts";

/** A run as a whole. */
export type RunConfig = {
  /** The name of the method: the key of its recipe. */
  method: string;
  preset: string;
  arch: string;
  batchSize: number;
  epochs: number;
  /** Steps of the whole run; they stand in for `epochs` where given. */
  steps: number | null;
  seed: number;
  /**
   * Precision of matrix products; everything else is float32. `auto` is bfloat16 if the device has
   * instructions for it; `tf32` is float32 on a processor. Other backends than `tensorflow` always
   * use float32.
   */
  precision: "auto" | "float32" | "tf32" | "bfloat16";
};

/**
 * The sizes of a backbone: a vision transformer's, unless there are those of a residual network.
 */
export type BackboneConfig = VitConfig & {
  /** They follow from the architecture. */
  resnet?: ResnetSizes;
};

/** How images are scored. */
export type EvalConfig = {
  /**
   * What is seen of an image: `center` resizes its shorter side to 256/224 of the square and cuts
   * out the center, `whole` resizes all of it to the square, antialiased.
   */
  evalCrop: "center" | "whole";
  /** Pixels of that square; `null` for the image size. The positions are resized for any other. */
  evalSize: number | null;
};

/** How images are read. */
export type ReadConfig = {
  /**
   * Whether they are turned as their EXIF orientation says; the original's loader leaves them as
   * they are stored.
   */
  exif: boolean;
};

/** What the configurations of all methods share; each adds its own fields. */
export type Config =
  & RunConfig
  & BackboneConfig
  & CropsConfig
  & OptimConfig
  & EvalConfig
  & ReadConfig;

/** How a teacher follows its student. */
export type TeacherConfig = {
  /** Momentum of the teacher's moving average at the start; it rises to 1. */
  teacherMomentum: number;
};

/** A warm-up of the learning rate that does not begin at 0. */
export type WarmupConfig = {
  /** Learning rate at its start. */
  warmupRate: number;
};

/** The temperature of a teacher's assignments to prototypes. */
export type TemperatureConfig = {
  /** After its warm-up. */
  teacherTemperature: number;
  /** At the start. */
  warmupTeacherTemperature: number;
  /**
   * In epochs it moves from epoch to epoch, as in the reference; as a percentage, from step to
   * step.
   */
  teacherTemperatureWarmup: Span;
};
