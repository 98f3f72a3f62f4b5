import type { Span } from "../../optim/mod.ts";
import type { Config, TeacherConfig, TemperatureConfig } from "../config.ts";
import type { DinoHeadConfig } from "../dino/config.ts";

/** The sizes and kinds of iBOT's head. */
export type IbotHeadConfig = Omit<DinoHeadConfig, "batchNormInHead"> & {
  /** Prototypes of patches; as many as those of class tokens where both are the same. */
  patchPrototypes: number;
  /** Whether class tokens and patches have the same prototypes. */
  sharedHead: boolean;
};

/** Which patches the student does not see. */
export type IbotMaskConfig = {
  /** Masked shares of the patches, of which one is drawn for each view. */
  maskRatios: [number, number];
  /** How far each of them varies. */
  maskVariances: [number, number];
  /** Rectangles, or patches one by one. */
  maskShape: "block" | "random";
  /** How long nothing is masked at first. */
  maskStart: Span;
};

/** The objective of iBOT. */
export type IbotObjectiveConfig = {
  /** Temperature of the student's assignments; those of the teacher have schedules. */
  studentTemperature: number;
  /** Momenta of the running means that are taken away from the teacher's logits. */
  centerMomentum: number;
  patchCenterMomentum: number;
  /** Weights of the loss of class tokens and of that of patches. */
  classWeight: number;
  patchWeight: number;
  /** The teacher's temperature for patches, after its warm-up and at the start. */
  patchTeacherTemperature: number;
  warmupPatchTeacherTemperature: number;
};

/** All that iBOT depends on. */
export type IbotConfig =
  & Config
  & IbotHeadConfig
  & IbotMaskConfig
  & IbotObjectiveConfig
  & TeacherConfig
  & TemperatureConfig;
