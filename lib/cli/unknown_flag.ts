import { kebab } from "./flag.ts";
import { suggest } from "../configs/mod.ts";
import { escapeControls } from "../images/mod.ts";

/** What other programs call a flag, by the name that it has here; some tasks have another one. */
const elsewhere: Readonly<Record<string, string | readonly string[]>> = {
  lr: ["learning-rate", "learning-rates"],
  "base-lr": ["learning-rate", "learning-rates"],
  "min-lr": "min-learning-rate",
  wd: "weight-decay",
  bs: "batch-size",
  "batch-size-per-gpu": "batch-size",
  "warmup-epochs": "warmup",
  "momentum-teacher": "teacher-momentum",
  "local-crops-number": "local-crops",
  "clip-grad": "clip-gradient",
  "drop-path-rate": "drop-path",
  "data-path": "data",
  "data-dir": "data",
  "output-dir": "out",
  output: "out",
  model: "arch",
  ckpt: "checkpoint",
  "ckpt-path": "checkpoint",
  weights: "checkpoint",
  "num-workers": "workers",
  "pretrained-weights": "checkpoint",
  "saveckp-freq": "save-every",
  "nb-knn": "k",
};

/** What a task has no flag for, and why. */
const needless: Readonly<Record<string, string>> = {
  "num-workers": "images are read by half as many threads as there are processors",
  workers: "images are read by half as many threads as there are processors",
  gpu: "a GPU is used where TensorFlow finds one; --device chooses",
  fp16: "--precision bfloat16 computes in half precision",
  amp: "--precision bfloat16 computes in half precision",
  k: "`evaluate knn` takes it",
  lambda: "`evaluate logistic` takes it",
  augment: "`evaluate linear` takes it",
};

/** The error that there is no such flag, with the flag that was probably meant. */
export function unknownFlag(flag: string, names: readonly string[]): TypeError {
  const spellings = names.map(kebab);
  const written = escapeControls(flag);
  const word = flag.replace(/^-+/, "").replaceAll("_", "-").toLowerCase();
  const foreign = [elsewhere[word] ?? []].flat().find((name) => spellings.includes(name));
  const reason = foreign === undefined ? needless[word] : undefined;
  if (reason !== undefined) return new TypeError(`There is no flag ${written}: ${reason}`);
  const suggestion = foreign ?? suggest(word, spellings);
  return new TypeError(
    `There is no flag ${written}; ` +
      (suggestion ? `did you mean --${suggestion}?` : "--help lists them"),
  );
}
