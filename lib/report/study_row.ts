/** The weights of the instance, the local-group and the group loss. */
export type LossWeights = readonly [number, number, number];

/** The accuracy of a read-out at a level of the labels, percent. */
export type StudyScore = {
  /** The token that was scored, or for a description without a network its name. */
  readOut: string;
  /** How: by neighbors, by a linear classifier, or by whether a view finds the other one. */
  protocol: "k-NN" | "linear probe" | "retrieval";
  /** The level of the labels; `image` for retrieval. */
  level: string;
  /** The images: those that were learned from, or others to which the features are transferred. */
  data: string;
  top1: number;
  /** The accuracy of a guess. */
  chance: number;
};

/** What a study has measured in one cell of its design: a line of its `rows.jsonl`. */
export type StudyRow = {
  /** The cell by its name, such as `LGDS, seed 3`. */
  cell: string;
  /** The part of the design to which it belongs. */
  part: string;
  /** What was learned from: `IDS + GDS`; or what was scored without learning. */
  method: string;
  /** `null` where nothing was learned. */
  lossWeights: LossWeights | null;
  seed: number;
  /** Multiples of the main budget. */
  budget: number;
  /** Fields of the configuration that differ from the design's. */
  overrides: Record<string, unknown>;
  /** Made of all that decides the scores: a cell is done where a row has its key. */
  key: string;
  data: string;
  epochs: number;
  steps: number;
  /** Images seen in training, each of which gives several views. */
  images: number;
  /** Seconds of training. */
  seconds: number;
  scoringSeconds: number;
  /** The processor by its name, and the number of its cores. */
  machine: string;
  backend: string;
  /** When it was scored: an ISO date with its time. */
  date: string;
  scores: StudyScore[];
};
