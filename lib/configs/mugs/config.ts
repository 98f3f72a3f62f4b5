import type { HeadsConfig, MemoryPointer } from "../../objectives/mod.ts";
import type { Config, TeacherConfig, TemperatureConfig } from "../config.ts";

/** The objectives of Mugs and their buffers. */
export type ObjectiveConfig = {
  /** Keys that the instance and the local-group loss compare with. */
  instanceQueue: number;
  localGroupQueue: number;
  /** Rows of the memories in which neighbors are searched. */
  memory: number;
  /** Neighbors of an image. */
  neighbors: number;
  instanceTemperature: number;
  localGroupTemperature: number;
  /** Temperature of the student's assignment to the prototypes; the teacher's has a schedule. */
  studentTemperature: number;
  centerMomentum: number;
  /** Weights of the instance, local-group and group loss; their sum divides the total. */
  lossWeights: [number, number, number];
  /**
   * `weighted` multiplies each loss by its weight. `reference` does not, as the published code,
   * where a weight only tells whether a loss counts (above 0), and the sum of the weights divides.
   */
  lossSum: "weighted" | "reference";
  memoryPointer: MemoryPointer;
};

/** All that Mugs depends on. */
export type MugsConfig =
  & Config
  & HeadsConfig
  & ObjectiveConfig
  & TeacherConfig
  & TemperatureConfig;
