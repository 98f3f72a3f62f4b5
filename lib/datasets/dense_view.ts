import { decode } from "../images/mod.ts";
import { Random } from "../random/mod.ts";
import {
  type LabeledImage,
  labeledView,
  type LabeledViewPlan,
  type ObjectImage,
  objectView,
  type ObjectViewPlan,
} from "../transforms/mod.ts";
import type { CocoSample } from "./coco.ts";
import type { CocoCategory } from "./coco_annotations.ts";
import { readObjects } from "./coco_objects.ts";
import { type LabeledFile, readLabeledFile } from "./labeled_file.ts";

/** A view to be made, by any thread, of an image with the class of each pixel. */
export type LabeledTask = {
  source: LabeledImage | LabeledFile;
  plan: LabeledViewPlan;
  seed: string;
};

/** An image with the objects that are marked in it, by the path of its file. */
export type ObjectFile = Omit<CocoSample, "read"> & {
  path: string;
  categories: readonly CocoCategory[];
};

/** A view to be made, by any thread, of an image with objects. */
export type ObjectTask = { source: ObjectImage | ObjectFile; plan: ObjectViewPlan; seed: string };

/** The view of an image with the class of each pixel; equal tasks give equal views. */
export async function makeLabeledView(
  { source, plan, seed }: LabeledTask,
): Promise<LabeledImage> {
  const labeled = "labels" in source ? await readLabeledFile(source) : source;
  return labeledView(labeled, plan, new Random(seed));
}

/** The view of an image with objects; equal tasks give equal views. */
export async function makeObjectView({ source, plan, seed }: ObjectTask): Promise<ObjectImage> {
  return objectView("path" in source ? await readFile(source) : source, plan, new Random(seed));
}

function readFile({ path, categories, ...sample }: ObjectFile): Promise<ObjectImage> {
  return readObjects({ ...sample, path, read: () => decode(path) }, categories);
}
