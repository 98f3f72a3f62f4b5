import { featureWidth } from "../models/mod.ts";
import { layoutFor, memoryOf, tokensOf, type TrainingDevice } from "../pretraining/mod.ts";
import { type ClassifierLayout, type ClassifierSetup, classifierShapes } from "../protocols/mod.ts";

/** How the work of a classifier is laid out, and into how many parts a batch is cut. */
export type ClassifierParts = ClassifierLayout & { accumulate?: number | undefined };

/**
 * The layout of a classifier's step on the device in use, once the backend has started, with what
 * was requested in place of its own.
 */
export function classifierLayout(
  setup: ClassifierSetup,
  requested: ClassifierParts = {},
  device: TrainingDevice = {},
): ClassifierParts {
  const { config: { batchSize, imageSize: size }, backbone } = setup;
  const { patchSize, resnet } = backbone;
  const images = batchSize / (requested.accumulate ?? 1);
  const needs = memoryOf({
    state: classifierShapes(setup),
    network: backbone,
    tokens: resnet ? 0 : tokensOf({ images, size, patchSize }),
  });
  const width = featureWidth(backbone);
  const { chains, recompute, lean } = layoutFor({ width, needs }, device);
  return { chains, recompute, lean, ...requested };
}
