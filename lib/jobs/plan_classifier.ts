import type { Backend } from "../compile/mod.ts";
import { configureClassifier } from "../configs/mod.ts";
import type { ImageCounts } from "../datasets/mod.ts";
import type { BackboneOptions } from "../models/mod.ts";
import { digest, digestFile, runsFolder } from "../runs/mod.ts";
import { checkParts } from "./check_parts.ts";
import { displayedRun } from "./displayed_run.ts";
import { nameIn, type PlannedData, settledData } from "./planned_data.ts";
import type { ClassifierRequest } from "./prepare_classifier.ts";

/** What is to be trained with a classifier behind it, in a process of its own. */
export type ClassifierPlan =
  & BackboneOptions
  & Pick<
    ClassifierRequest,
    "protocol" | "preset" | "overrides" | "checkpoint" | "fromScratch" | "level" | "labelShare"
  >
  & {
    /** The folder of images, or which granules; by default the usual ones. */
    data?: PlannedData;
    /** The most images of each part; by default all. */
    images?: ImageCounts | null;
    /** Epochs between evaluations on the test part; by default 1. */
    evalEvery?: number;
    backend?: Backend;
  };

/** A planned training of a classifier: its folder, and what is to be done there. */
export type PlannedClassifier =
  & ClassifierPlan
  & Required<Pick<ClassifierPlan, "data" | "images" | "evalEvery" | "backend">>
  & { path: string };

/**
 * Plans the training of a classifier. The name of its folder follows from the plan, with the values
 * of the preset and the content of the checkpoint, so that an equal plan leads to the same run.
 *
 * @param options `folder`: where the run's folder lies; by default where all runs lie.
 * @throws {RangeError} If there is no such preset, or values do not fit together.
 */
export async function planClassifier(
  { data = null, images = null, evalEvery = 1, backend = "tensorflow", ...plan }: ClassifierPlan,
  { folder = runsFolder }: { folder?: string } = {},
): Promise<PlannedClassifier> {
  checkParts({ images });
  const { protocol, preset, overrides, checkpoint, fromScratch, level, labelShare } = plan;
  const { key, heads, partial } = plan;
  const choices = { fromScratch, key, heads, labelShare, level, partial };
  const config = configureClassifier(protocol, { ...preset && { preset }, overrides });
  const place = await settledData(data);
  const fields = Object.entries(config).toSorted(([a], [b]) => a < b ? -1 : 1);
  const identity = [
    ...[fields, await digestFile(checkpoint), place, images, evalEvery, backend],
    Object.entries(choices).filter(([, value]) => value),
  ];
  const name = (await digest(JSON.stringify(identity))).slice(0, 12);
  const start = `${folder}/${protocol}-${config.preset}-${nameIn(place)}`;
  const path = `${start}-s${config.seed}-${name}`;
  return displayedRun({
    ...{ protocol, checkpoint, ...preset && { preset }, ...overrides && { overrides } },
    ...{ ...choices, data: place, images, evalEvery, backend, path },
  });
}
