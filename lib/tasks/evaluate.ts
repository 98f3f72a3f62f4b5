import { task } from "../cli/mod.ts";
import { suggest } from "../configs/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { trainedClassifier } from "./evaluate/classifier.ts";
import { evaluateDetector } from "./evaluate/detection.ts";
import { evaluateKnn } from "./evaluate/knn.ts";
import { evaluateLinear } from "./evaluate/linear.ts";
import { evaluateLogistic } from "./evaluate/logistic.ts";
import { evaluateSegmenter } from "./evaluate/segmentation.ts";
import { evaluateVideo } from "./evaluate/video.ts";

/** A task with flags of its own, and what it does. */
type Protocol = readonly [run: () => Promise<void>, about: string];

/** The protocols by their names on the command line. */
const protocols: Readonly<Record<string, Protocol>> = {
  knn: [evaluateKnn, "The votes of the nearest images, without any training"],
  linear: [evaluateLinear, "A linear probe on frozen features; --augment does as the original"],
  logistic: [evaluateLogistic, "Logistic regression on frozen features, to the exact optimum"],
  "fine-tune": [trainedClassifier("fine-tune"), "All of the backbone is trained on labeled images"],
  "semi-supervised": [trainedClassifier("semi-supervised"), "The same on few labels"],
  transfer: [trainedClassifier("transfer"), "The same on another data set"],
  video: [evaluateVideo, "Objects are followed through videos, without any training"],
  segmentation: [evaluateSegmenter, "A linear head or UPerNet tells the classes of pixels"],
  detection: [evaluateDetector, "Cascade Mask R-CNN finds objects and their masks"],
};

const manual = {
  name: "evaluate",
  usage: "PROTOCOL --checkpoint FILE [--data DIR] [--json]",
  about: "Scores a checkpoint on the test part of a data set; `evaluate knn --help` and so on " +
    "list the flags of a protocol.",
  words: {
    title: "Protocols",
    abouts: Object.fromEntries(
      Object.entries(protocols).map(([name, [, about]]) => [name, about]),
    ),
  },
  flags: {},
};

/** The protocol that a command line names: its first word, or else any other. */
function protocolIn(args: readonly string[]): (() => Promise<void>) | undefined {
  const name = args.find((word) => Object.hasOwn(protocols, word));
  return name === undefined ? undefined : protocols[name]?.[0];
}

/** Says that no protocol was named; help and version are answered before. */
function refuse(): never {
  const [first] = Deno.args;
  const names = Object.keys(protocols);
  const takes = `evaluate takes one of ${names.join(", ")}`;
  if (first === undefined || first.startsWith("-")) throw new TypeError(`${takes}; none was given`);
  const likely = suggest(first, names);
  const advice = likely === undefined ? "" : `; did you mean ${likely}?`;
  throw new TypeError(`${takes}, not "${escapeControls(first)}"${advice}`);
}

const questions = Deno.args.filter((word) => ["--help", "-h", "--version"].includes(word));

if (import.meta.main) await (protocolIn(Deno.args) ?? (() => task(manual, refuse, questions)))();
