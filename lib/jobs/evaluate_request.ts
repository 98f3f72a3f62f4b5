import type { LeftOut } from "./leave_out.ts";
import type { AugmentedRequest } from "./linear_request.ts";
import type { LogisticRequest } from "./score_logistic.ts";
import type { ScoreRequest } from "./score.ts";
import type { VideoRequest, VideoResult } from "./track_video.ts";
import type { TrainedRequest } from "./trained_request.ts";
import type { ObjectRequest } from "./detection_request.ts";
import type { DetectionResult } from "./detection_result.ts";
import type { PixelRequest } from "./segmentation_request.ts";
import type { SegmentationResult } from "./segmentation_result.ts";
import type { Score } from "../protocols/mod.ts";
import type { Kind, ProtocolRow, Row } from "../report/mod.ts";

/** One number, or several that are tried one after the other. */
export type OneOrMore = number | readonly number[];

/** What is scored by k-NN, or by linear classifiers of a frozen network. */
export type FrozenRequest = KnnRequest | ProbeRequest | AugmentedProbeRequest;

/** What is scored by k-NN. */
export type KnnRequest =
  & Omit<ScoreRequest, "protocol" | "k" | "temperature">
  & { protocol: "knn"; k?: OneOrMore; temperature?: OneOrMore };

/** What is scored by a linear probe on features that are made once. */
export type ProbeRequest =
  & Omit<ScoreRequest, "protocol" | "k" | "temperature">
  & { protocol: "linear"; augment?: false };

/** What is scored by linear classifiers on augmented images, as the original does. */
export type AugmentedProbeRequest = AugmentedRequest & { protocol: "linear"; augment: true };

/** What is scored by a classifier of the labels, which the network may be trained with. */
export type LabelFitRequest =
  | (Omit<LogisticRequest, "lambda"> & { protocol: "logistic"; lambda?: OneOrMore })
  | TrainedRequest;

/** In which videos objects are followed and scored. */
export type TrackRequest = VideoRequest & { protocol: "video" };

/** What is scored by which protocol: what the command line takes, under the same names. */
export type EvaluateRequest =
  | FrozenRequest
  | LabelFitRequest
  | TrackRequest
  | PixelRequest
  | ObjectRequest;

/** The name of a protocol. */
export type ProtocolName = EvaluateRequest["protocol"];

/** The name of a protocol that scores labels of images. */
export type LabelProtocolName = Exclude<ProtocolName, "video" | "segmentation" | "detection">;

/** The score of a method at a level of the labels, and of one setting where several were tried. */
export type DetailedScore = Score & {
  /** `checkpoint`, or the name of a baseline. */
  method: string;
  kind: Kind;
  level: string;
  /** What distinguishes scores of one method and level, such as `{ lambda: 0.1 }`. */
  setting?: Record<string, number | string>;
};

/** What a protocol has measured; a notebook shows it as a table. */
export type Evaluated<AnyRow extends Row | ProtocolRow = Row | ProtocolRow> = {
  protocol: LabelProtocolName;
  /** The weights that were scored. */
  checkpoint: string;
  /** The name of the data set. */
  data: string;
  /** Rows of the table, as `deno task evaluate --json` prints them and `table.json` holds them. */
  rows: AnyRow[];
  /** All that was measured: every level, every setting, top-5 and the mean over the classes. */
  scores: DetailedScore[];
  leftOut: LeftOut;
};

/** The objects of videos that were followed, with their scores; a notebook shows them as a table. */
export type EvaluatedVideo = VideoResult & {
  protocol: "video";
  checkpoint: string;
  data: string;
};

/** A segmenter that was trained, with its scores; a notebook shows them as a table. */
export type EvaluatedSegmentation = SegmentationResult & {
  protocol: "segmentation";
  /** The name of the data set. */
  data: string;
  /** Rows of the table, as `deno task evaluate --json` prints them: one for each column. */
  rows: ProtocolRow[];
};

/** A detector that was trained, with its scores; a notebook shows them as a table. */
export type EvaluatedDetection = DetectionResult & {
  protocol: "detection";
  /** The name of the data set. */
  data: string;
  /** Rows of the table, as `deno task evaluate --json` prints them: one for each column. */
  rows: ProtocolRow[];
};
