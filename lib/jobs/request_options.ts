import {
  classifierFields,
  detectionFields,
  type Field,
  linearFields,
  type OptionField,
  requestFields,
  segmentationFields,
  videoFields,
} from "../configs/mod.ts";
import type { EvaluateRequest, ProtocolName } from "./evaluate_request.ts";
import type { ClassifierRequest } from "./prepare_classifier.ts";
import type { FeaturesRequest } from "./write_features.ts";

/** What each option of a request takes; `null` where that is checked elsewhere. */
type Taken<Request> = Readonly<Record<OptionsOf<Request>, OptionField | null>>;

/** The options of every form that a request takes. */
type OptionsOf<Request> = Request extends unknown ? keyof Request : never;

const text: OptionField = { kind: "text", about: "a text" };
const path: OptionField = { kind: "text", about: "a path" };
const flag: Field = { kind: "switch", about: "Yes or no" };

/** Which weights and images are taken, and how they are read. */
const inputs = {
  checkpoint: path,
  data: null,
  key: text,
  heads: requestFields.heads,
  partial: requestFields.partial,
  labels: path,
  labelShare: { kind: "number", min: 0, max: 1, about: "Share of every class" },
  asOriginal: flag,
  backend: requestFields.backend,
  images: null,
  skipBad: flag,
} as const satisfies Readonly<Record<string, OptionField | null>>;

/** The same of jobs that change nothing in the network. */
const frozen = {
  ...inputs,
  evalCrop: requestFields.evalCrop,
  evalSize: requestFields.evalSize,
  exif: requestFields.exif,
  seed: requestFields.seed,
  precision: requestFields.precision,
} as const;

/** What {@linkcode prepareFeatures} takes. */
export const featuresOptions: Taken<FeaturesRequest> = { ...frozen, out: path, fresh: flag };

/** What {@linkcode prepareClassifier} takes. */
export const classifierOptions: Taken<ClassifierRequest> = {
  ...inputs,
  protocol: null,
  preset: text,
  overrides: null,
  fromScratch: flag,
  level: text,
  outputs: { kind: "integer", min: 1, max: 1e6, about: "Outputs of the head" },
  out: path,
  maxBad: requestFields.maxBad,
  workers: requestFields.workers,
  cache: path,
  saving: null,
  layout: null,
  evalEvery: { kind: "integer", min: 1, max: 1e6, about: "Epochs between evaluations" },
  fresh: flag,
  resume: flag,
};

/** What training a classifier takes where fields of its recipe stand beside the other options. */
const trained = {
  ...classifierFields,
  ...classifierOptions,
  saveEvery: requestFields.saveEvery,
  keep: requestFields.keep,
  maxRollbacks: requestFields.maxRollbacks,
  accumulate: requestFields.accumulate,
  recompute: requestFields.recompute,
};

const scored = { ...frozen, protocol: null, level: text } as const;

/** What training for a dense task takes beside the fields of its recipe. */
const dense = {
  protocol: null,
  preset: text,
  overrides: null,
  checkpoint: path,
  data: null,
  key: text,
  heads: requestFields.heads,
  partial: requestFields.partial,
  fromScratch: flag,
  out: path,
  saving: null,
  saveEvery: requestFields.saveEvery,
  keep: requestFields.keep,
  maxRollbacks: requestFields.maxRollbacks,
  recompute: requestFields.recompute,
  evalEvery: { kind: "integer", min: 1, max: 1e6, about: "Epochs between evaluations" },
  fresh: flag,
  resume: flag,
  backend: requestFields.backend,
} as const satisfies Readonly<Record<string, OptionField | null>>;

/** What {@linkcode evaluate} takes beside the name of a protocol. */
export const evaluateOptions: {
  readonly [Name in ProtocolName]: Taken<Extract<EvaluateRequest, { protocol: Name }>>;
} = {
  knn: { ...scored, k: null, temperature: null, baselines: flag },
  linear: {
    ...scored,
    ...linearFields,
    baselines: flag,
    augment: flag,
    preset: text,
    wholeGrid: flag,
    out: path,
  },
  logistic: { ...scored, lambda: null },
  "fine-tune": trained,
  "semi-supervised": trained,
  transfer: trained,
  video: {
    ...videoFields,
    protocol: null,
    checkpoint: path,
    data: null,
    key: text,
    heads: requestFields.heads,
    partial: requestFields.partial,
    part: text,
    fromScratch: flag,
    out: path,
    fresh: flag,
    precision: requestFields.precision,
    backend: requestFields.backend,
  },
  segmentation: {
    ...segmentationFields,
    ...dense,
    classes: { kind: "integer", min: 2, max: 254, about: "Classes of the pixels" },
    reduceZeroLabel: flag,
  },
  detection: { ...detectionFields, ...dense },
};
