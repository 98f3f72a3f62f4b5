import type { DeepclusterV2Config } from "../../configs/mod.ts";
import { stepsPerEpoch } from "../../datasets/mod.ts";
import type { Random } from "../../random/mod.ts";
import { below, type Named, type Shapes } from "../../tree/mod.ts";
import {
  bufferShapes,
  type BufferSizes,
  type ClusterBuffers,
  initBuffers,
  remember,
  type Remembered,
} from "./memory.ts";
import { type DeepclusterV2Network, initNetwork, networkShapes } from "./network.ts";

/** What DeepCluster-v2 carries from step to step: there is no teacher. */
export type DeepclusterV2State = {
  learner: { student: DeepclusterV2Network };
  buffers: ClusterBuffers;
};

/** The tensors of the network and the buffers of a run over so many images. */
export function shapes(config: DeepclusterV2Config, images?: number): Shapes {
  return {
    ...below("learner.student", networkShapes(config)),
    ...below("buffers", bufferShapes(sizes(config, images))),
  };
}

/**
 * Refuses fewer images than clusters.
 *
 * @throws {RangeError} If they are fewer.
 */
export function checkImages(config: DeepclusterV2Config, images: number): void {
  const { rows } = sizes(config, images);
  const most = Math.max(...config.clusters);
  if (most <= rows) return;
  throw new RangeError(
    `Cannot make ${most} clusters of the ${rows} images in the batches of an epoch: give fewer ` +
      "`clusters`, or more images",
  );
}

/** The network and the buffers before the first step of a run over so many images. */
export function init(
  config: DeepclusterV2Config,
  random: Random,
  images?: number,
): DeepclusterV2State {
  return {
    learner: { student: initNetwork(config, random.fork("student")) },
    buffers: initBuffers(sizes(config, images)),
  };
}

/** The images for which tensors of these shapes were made. */
export function imagesOf({ "buffers.assignments": assignments }: Shapes): number | undefined {
  return assignments?.[1];
}

/** The buffers after a step. */
export function next(buffers: ClusterBuffers, intake: Named): ClusterBuffers {
  return remember(buffers, intake as Remembered);
}

/** As in the official program, what does not fill a batch is left out of the memory. */
function sizes(
  { batchSize, clusters, headOut, memoryViews }: DeepclusterV2Config,
  images: number = batchSize,
): BufferSizes {
  return {
    views: memoryViews.length,
    rows: batchSize * stepsPerEpoch(images, batchSize),
    width: headOut,
    sets: clusters.length,
    images,
  };
}
