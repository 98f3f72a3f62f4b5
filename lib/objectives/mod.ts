/**
 * The losses of pre-training and their buffers as functions: state goes in, the next state comes
 * out.
 *
 * @module
 */
export {
  clustering,
  type ClusteringOptions,
  entropy,
  nextCenter,
  softAssignment,
} from "./clustering.ts";
export { cosineSimilarity, negativeCosine, unitDistance } from "./cosine.ts";
export {
  contrastHeadShapes,
  groupHeadShapes,
  type ProjectorKind,
  projectorShapes,
  prototypeShapes,
} from "./head_shapes.ts";
export {
  type ContrastHead,
  contrastHead,
  type ContrastOptions,
  type GroupHead,
  groupHead,
  type HeadBuffers,
  type HeadsConfig,
  trainContrastHead,
  trainGroupHead,
} from "./heads.ts";
export { inBatchContrast, type InBatchOptions, ntXent } from "./in_batch.ts";
export { type Contrast, infoNce } from "./info_nce.ts";
export { initContrastHead, initGroupHead, initProjector, initPrototypes } from "./init_heads.ts";
export { type Clusters, kMeans, type KMeansOptions } from "./k_means.ts";
export { ignoredLabel, labelCrossEntropy, labelsOf } from "./labels.ts";
export {
  lookUp,
  type Memory,
  memory,
  type MemoryPointer,
  memoryShapes,
  type Neighbors,
  remember,
  type RememberOptions,
} from "./memory.ts";
export type { ViewRange } from "./pairs.ts";
export { patchLoss, type PatchLossOptions } from "./patch_loss.ts";
export {
  type Projection,
  type ProjectionBuffers,
  projectUnit,
  trainProjectUnit,
} from "./projection.ts";
export { enqueue, type Queue, queue, queueShapes } from "./queue.ts";
export { contrastLogits, firstIsRight, type QueueContrast } from "./queue_contrast.ts";
export { sinkhorn, type SinkhornOptions } from "./sinkhorn.ts";
export { withoutGradient } from "./without_gradient.ts";
