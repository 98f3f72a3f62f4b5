import {
  type CommandLine,
  type Flags,
  flagsOnly,
  shared,
  task,
  userPath,
  type Work,
} from "../../cli/mod.ts";
import { frozenFlags, scoreFrozen } from "./frozen_features.ts";

const flags = {
  ...frozenFlags,
  k: {
    kind: "list",
    whole: true,
    min: shared.k.min,
    max: shared.k.max,
    default: [shared.k.default],
    about: "Neighbors that vote: one number, or several joined by commas",
  },
  temperature: {
    kind: "list",
    min: shared.temperature.min,
    max: shared.temperature.max,
    default: [shared.temperature.default],
    about: "Temperature of the neighbors' votes: one number, or several",
  },
} as const satisfies Flags;

const manual = {
  name: "evaluate knn",
  usage: "--checkpoint FILE [--data DIR] [--k 10,20,100,200] [--json]",
  about: "Scores the frozen features of a checkpoint by the votes of the nearest training images.",
  flags,
} as const;

async function prepare({ values, words, wording }: CommandLine<typeof flags>): Promise<Work> {
  flagsOnly(manual.name, words.slice(1));
  const { checkpoint, data, labels } = values;
  if (checkpoint === undefined) throw new TypeError("evaluate knn needs --checkpoint FILE");
  const { StandardError } = await import("../../jobs/mod.ts");
  const paths = {
    checkpoint: userPath(checkpoint),
    data: userPath(data),
    labels: userPath(labels),
  };
  return await scoreFrozen({ ...values, ...paths, protocol: "knn" }, new StandardError(wording));
}

/** The task `evaluate knn`. */
export function evaluateKnn(): Promise<void> {
  return task(manual, prepare);
}
