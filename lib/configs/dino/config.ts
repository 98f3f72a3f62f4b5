import type { Config, TeacherConfig, TemperatureConfig } from "../config.ts";

/** The sizes and kinds of DINO's head. */
export type DinoHeadConfig = {
  /** Linear layers before the prototypes. */
  headLayers: number;
  /** Hidden width of these layers. */
  headHidden: number;
  /** Width before the prototypes. */
  bottleneck: number;
  /** Number of prototypes. */
  prototypes: number;
  /** Whether these layers normalize by batch. */
  batchNormInHead: boolean;
  /** Whether the prototypes keep unit length. */
  normLastLayer: boolean;
};

/** The objective of DINO. */
export type DinoObjectiveConfig = {
  /** Temperature of the student's assignments; the teacher's has a schedule. */
  studentTemperature: number;
  /** Momentum of the running mean that is taken away from the teacher's logits. */
  centerMomentum: number;
};

/** All that DINO depends on. */
export type DinoConfig =
  & Config
  & DinoHeadConfig
  & DinoObjectiveConfig
  & TeacherConfig
  & TemperatureConfig;
