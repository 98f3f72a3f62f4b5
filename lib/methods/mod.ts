/**
 * What a row of the paper's tables is: Mugs, as networks, losses and buffers. State goes in, the next state comes out.
 *
 * @module
 */
export { type Buffers, initBuffers, type Intake, intake, nextBuffers } from "./buffers.ts";
export type { MugsConfig, ObjectiveConfig } from "./config.ts";
export {
  dropMasks,
  type Embeddings,
  forward,
  type ForwardOptions,
  type NetworkBuffers,
} from "./forward.ts";
export { type Health, health } from "./health.ts";
export { type Losses, losses, type LossOptions, targetsOf } from "./losses.ts";
export type { SomeViews } from "../objectives/mod.ts";
export { initNetwork, learned, type Network, teacherOf } from "./network.ts";
