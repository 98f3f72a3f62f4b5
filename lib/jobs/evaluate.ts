import { checkOptions, checkValue, requestFields } from "../configs/mod.ts";
import type { CocoSet } from "../datasets/mod.ts";
import type { ProtocolRow, Row } from "../report/mod.ts";
import { detectionRequest, type ObjectRequest } from "./detection_request.ts";
import { rowsOfDetection } from "./detection_result.ts";
import {
  displayedDetection,
  displayedScores,
  displayedSegmentation,
  displayedVideos,
} from "./displayed_scores.ts";
import type {
  Evaluated,
  EvaluatedDetection,
  EvaluatedSegmentation,
  EvaluatedVideo,
  EvaluateRequest,
  FrozenRequest,
  LabelFitRequest,
  LabelProtocolName,
  TrackRequest,
} from "./evaluate_request.ts";
import { labelProtocols, type Protocol } from "./label_protocols.ts";
import { defaultObserver } from "./notebook_observer.ts";
import type { JobOptions } from "./observer.ts";
import { prepareDetection } from "./prepare_detection.ts";
import { prepareSegmentation } from "./prepare_segmentation.ts";
import { evaluateOptions } from "./request_options.ts";
import { runDetection } from "./run_detection.ts";
import { runSegmentation } from "./run_segmentation.ts";
import { type PixelRequest, segmentationRequest } from "./segmentation_request.ts";
import { rowsOfSegmentation } from "./segmentation_result.ts";
import { prepareVideo, runVideo } from "./track_video.ts";

/**
 * Scores a checkpoint on the test part of a data set by k-NN or linear classifiers of its features,
 * as `deno task evaluate` does: the same protocols, options, checks and rows.
 *
 * @example The accuracy of k-NN on the features of a run
 * ```ts
 * import { evaluate } from "mugs";
 *
 * const checkpoint = "run/checkpoint.safetensors";
 * const { rows } = await evaluate({ protocol: "knn", checkpoint, data: "images" });
 * console.log(rows[0]?.knn);
 * ```
 *
 * @throws {RangeError} If there is no such protocol, or an option does not take its value.
 * @throws {TypeError} If there is no such option.
 * @throws {Error} If it cannot be scored: why, and what to do.
 */
export function evaluate(request: FrozenRequest, options?: JobOptions): Promise<Evaluated<Row>>;
/** Scores a checkpoint by a classifier of the labels, with the rows of that protocol's table. */
export function evaluate(
  request: LabelFitRequest,
  options?: JobOptions,
): Promise<Evaluated<ProtocolRow>>;
/** Follows the objects of videos by the features of a checkpoint, and scores their masks. */
export function evaluate(request: TrackRequest, options?: JobOptions): Promise<EvaluatedVideo>;
/** Trains a head that tells classes of pixels from the maps of a checkpoint, and scores them. */
export function evaluate(
  request: PixelRequest,
  options?: JobOptions,
): Promise<EvaluatedSegmentation>;
/** Trains a detector on the maps of a checkpoint, and scores its boxes and masks. */
export function evaluate(
  request: ObjectRequest,
  options?: JobOptions,
): Promise<EvaluatedDetection>;
export async function evaluate(
  request: EvaluateRequest,
  { observer = defaultObserver(), ...computing }: JobOptions = {},
): Promise<
  | Evaluated<Row & ProtocolRow>
  | Evaluated
  | EvaluatedVideo
  | EvaluatedSegmentation
  | EvaluatedDetection
> {
  const { protocol, checkpoint } = request;
  const names = Object.keys(evaluateOptions);
  if (!names.includes(protocol)) {
    if (protocol === undefined) {
      throw new TypeError(`evaluate() needs \`protocol\`, one of ${names.join(", ")}`);
    }
    throw new RangeError(`\`protocol\` takes one of ${names.join(", ")}, not "${protocol}"`);
  }
  if (typeof checkpoint !== "string") {
    throw new TypeError("evaluate() needs `checkpoint`, the path of a file");
  }
  refuseOptionsOfOthers(request);
  checkOptions(request, evaluateOptions[protocol]);
  const options = { ...computing, observer };
  if (protocol === "video") return await followed(request, options);
  if (protocol === "segmentation") return await segmented(request, options);
  if (protocol === "detection") return await objectsFound(request, options);
  checkNumbers(request);
  const run = labelProtocols[protocol as LabelProtocolName] as Protocol<EvaluateRequest>;
  const { data, ...outcome } = await run(request, options);
  return displayedScores({ protocol, checkpoint, data: data.name, ...outcome });
}

async function followed(
  { protocol, ...request }: TrackRequest,
  options: JobOptions,
): Promise<EvaluatedVideo> {
  const { checkpoint } = request;
  const { data } = request;
  if (data !== undefined && typeof data !== "string" && !Array.isArray(data?.videos)) {
    throw new TypeError(
      "`data` of video takes the path of a folder of videos, or a set of them, such as " +
        "`granuleVideos` makes",
    );
  }
  const job = await prepareVideo(request);
  const result = await runVideo(job, options);
  return displayedVideos({ protocol, checkpoint, data: job.data.name, ...result });
}

async function segmented(
  request: PixelRequest,
  options: JobOptions,
): Promise<EvaluatedSegmentation> {
  const job = await prepareSegmentation(segmentationRequest(request), options.observer);
  const result = await runSegmentation(job, options);
  const { protocol } = request;
  const rows = rowsOfSegmentation(job, result);
  return displayedSegmentation({ protocol, data: job.data.name, rows, ...result });
}

async function objectsFound(
  request: ObjectRequest,
  options: JobOptions,
): Promise<EvaluatedDetection> {
  const { data } = request;
  if (data !== undefined && typeof data !== "string" && !holdsObjects(data)) {
    throw new TypeError(
      "`data` of detection takes the path of a folder, or a set of images with objects, such as " +
        "`cocoScenes` makes",
    );
  }
  const job = await prepareDetection(detectionRequest(request));
  const result = await runDetection(job, options);
  const { protocol } = request;
  const rows = rowsOfDetection(job, result);
  return displayedDetection({ protocol, data: job.data.name, rows, ...result });
}

function holdsObjects(data: Partial<CocoSet> | null): boolean {
  return [data?.train, data?.test, data?.categories].every(Array.isArray);
}

/** Refuses options that only other protocols have. */
function refuseOptionsOfOthers(request: EvaluateRequest): void {
  const { protocol } = request;
  for (const name of Object.keys(request)) {
    if (Object.hasOwn(evaluateOptions[protocol], name)) continue;
    const others = Object.entries(evaluateOptions).filter(([, options]) =>
      Object.hasOwn(options, name)
    );
    if (!others.length) continue;
    const names = others.map(([other]) => other).join(", ");
    throw new TypeError(`There is no option \`${name}\` of ${protocol}; it is one of ${names}`);
  }
}

/** Refuses numbers that their options do not take, each of a list by itself. */
function checkNumbers(request: Readonly<Record<string, unknown>>): void {
  for (const name of ["k", "temperature"] as const) {
    const values = [request[name]].flat();
    if (values.length === 0) throw new RangeError(`\`${name}\` is empty: give a number`);
    for (const value of values) checkValue(name, value, requestFields[name]);
  }
  const { lambda } = request;
  if (lambda !== undefined) checkValue("lambda", [lambda].flat(), requestFields.lambda);
}
