import type { Located } from "../../checkpoint/mod.ts";
import {
  type FamilyMarks,
  findPrefix,
  type LocatedTensors,
  match,
  tensorsBelow,
} from "../locate.ts";
import { shapesOf } from "../shapes.ts";
import { measureResnet } from "./measure.ts";
import { resnetShapes } from "./shapes.ts";
import type { ResnetSizes } from "./sizes.ts";

/** A residual network as it lies in a file. */
export type LocatedResnet = LocatedTensors & { sizes: ResnetSizes };

/** How residual networks are told from other networks in a file. */
export const resnetMarks: FamilyMarks = {
  title: "residual network",
  mark: "layer1.0.conv1.weight",
  advice: "a checkpoint under torchvision's names",
  beside: /^(fc|head|head_jig|classifier|projection_head|prototypes|projector|predictor)(\.|$)/,
};

/**
 * Finds the residual network in a file under torchvision's names: under the keys and prefixes of
 * the published checkpoints (`teacher.`, `module.`, `encoder.`, ...), or lying there alone; with a
 * classifier or without. Its sizes are those of the shapes.
 *
 * @param name What to call the file in errors.
 * @throws {TypeError} If the file holds no residual network, or one with missing, unknown or
 * misshapen tensors.
 */
export function findResnet(
  tensors: Record<string, Located>,
  name: string,
  { key, partial = false }: { key?: string; partial?: boolean } = {},
): LocatedResnet {
  const prefix = findPrefix(Object.keys(tensors), resnetMarks, { name, key });
  const network = tensorsBelow(tensors, prefix);
  const sizes = measureResnet(shapesOf(network), name);
  const parts = match(network, resnetShapes(sizes), { ...resnetMarks, name, partial });
  return { prefix, sizes, ...parts };
}
