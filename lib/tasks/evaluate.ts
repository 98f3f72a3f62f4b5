import { task } from "../cli/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { trainedClassifier } from "./evaluate/classifier.ts";
import { evaluateDetector } from "./evaluate/detection.ts";
import { evaluateKnn } from "./evaluate/knn.ts";
import { evaluateLinear } from "./evaluate/linear.ts";
import { evaluateLogistic } from "./evaluate/logistic.ts";
import { evaluateSegmenter } from "./evaluate/segmentation.ts";
import { evaluateVideo } from "./evaluate/video.ts";

/** The protocols by their names on the command line, each with flags of its own. */
const protocols: Readonly<Record<string, () => Promise<void>>> = {
  knn: evaluateKnn,
  linear: evaluateLinear,
  logistic: evaluateLogistic,
  "fine-tune": trainedClassifier("fine-tune"),
  "semi-supervised": trainedClassifier("semi-supervised"),
  transfer: trainedClassifier("transfer"),
  video: evaluateVideo,
  segmentation: evaluateSegmenter,
  detection: evaluateDetector,
};

const manual = {
  name: "evaluate",
  usage: `${Object.keys(protocols).join("|")} --checkpoint FILE [--data DIR] [--json]`,
  about: "Scores a checkpoint on the test part of a data set; `evaluate knn --help` and so on " +
    "list the flags of a protocol.",
  flags: {},
} as const;

/** The protocol that a command line names: its first word, or else any other. */
function protocolIn(args: readonly string[]): (() => Promise<void>) | undefined {
  const name = args.find((word) => Object.hasOwn(protocols, word));
  return name === undefined ? undefined : protocols[name];
}

/** Says that no protocol was named; help and version are answered before. */
function refuse(): never {
  const [first] = Deno.args;
  const ending = first === undefined || first.startsWith("-")
    ? "; none was given"
    : `, not "${escapeControls(first)}"`;
  throw new TypeError(`evaluate takes one of ${Object.keys(protocols).join(", ")}${ending}`);
}

const questions = Deno.args.filter((word) => ["--help", "-h", "--version"].includes(word));

if (import.meta.main) await (protocolIn(Deno.args) ?? (() => task(manual, refuse, questions)))();
