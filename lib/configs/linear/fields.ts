import type { Fields } from "../field.ts";
import type { LinearSettings } from "./config.ts";

/** What these fields take, in the order of `--help`. */
export const linearFields = {
  epochs: { kind: "integer", min: 1, max: 100_000, about: "Passes over the images" },
  batchSize: { kind: "integer", min: 1, max: 1_000_000, about: "Images of a step" },
  learningRates: {
    kind: "list",
    min: 0,
    max: 1e6,
    about: "Learning rates for a batch of 256, tried at once",
  },
  minLearningRate: {
    kind: "number",
    min: 0,
    max: 1e6,
    about: "The rate at the end, whatever the batch",
  },
  blocks: { kind: "integer", min: 1, max: 1000, about: "Last blocks whose class tokens are seen" },
  patchMean: {
    kind: "choice",
    choices: ["none", "interleaved", "behind"],
    about: "Where the mean patch token of the last block is seen",
  },
} as const satisfies Fields<LinearSettings>;
