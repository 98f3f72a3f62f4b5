import { meanOfObjects, type ObjectScore } from "../metrics/mod.ts";
import { mimeBundle, type Table } from "../report/mod.ts";
import type {
  Evaluated,
  EvaluatedDetection,
  EvaluatedSegmentation,
  EvaluatedVideo,
} from "./evaluate_request.ts";

/**
 * Lets a notebook show scores that are the value of a cell, as a table. The function that Deno's
 * kernel calls is not enumerable.
 */
export function displayedScores<Scores extends Evaluated>(scores: Scores): Scores {
  return displayed(scores, tableOf(scores));
}

/** The same for the objects of videos. */
export function displayedVideos(result: EvaluatedVideo): EvaluatedVideo {
  return displayed(result, tableOfObjects(result));
}

/** The same for the scores of a segmenter. */
export function displayedSegmentation(result: EvaluatedSegmentation): EvaluatedSegmentation {
  const { protocol, data, evaluations } = result;
  const cells = (...scores: number[]) => scores.map((score) => score.toFixed(1));
  return displayed(result, {
    title: `${protocol} on ${data}`,
    head: ["step", "mIoU, %", "mAcc, %", "aAcc, %"],
    rows: evaluations.map(({ step, mIoU, mAcc, aAcc }) => [`${step}`, ...cells(mIoU, mAcc, aAcc)]),
  });
}

/** The same for the scores of a detector. */
export function displayedDetection(result: EvaluatedDetection): EvaluatedDetection {
  const { protocol, data, evaluations } = result;
  const cells = (...scores: number[]) => scores.map((score) => score.toFixed(1));
  return displayed(result, {
    title: `${protocol} on ${data}`,
    head: ["step", "box AP, %", "box AP50, %", "mask AP, %", "mask AP50, %"],
    rows: evaluations.map(({ step, boxAP, boxAP50, maskAP, maskAP50 }) => [
      ...[`${step}`, ...cells(boxAP, boxAP50, maskAP, maskAP50)],
    ]),
  });
}

function displayed<Value extends object>(value: Value, table: Table): Value {
  return Object.defineProperty(value, Symbol.for("Jupyter.display"), {
    value: async () => (await mimeBundle(table)).data,
  });
}

function tableOf({ protocol, data, scores }: Evaluated): Table {
  const settings = [...new Set(scores.flatMap(({ setting = {} }) => Object.keys(setting)))];
  return {
    title: `${protocol} on ${data}`,
    head: ["method", "level", ...settings, "top-1, %", "top-5, %"],
    rows: scores.map(({ method, level, setting = {}, top1, top5 }) => [
      ...[method, level, ...settings.map((name) => `${setting[name] ?? ""}`)],
      ...[top1.toFixed(1), top5.toFixed(1)],
    ]),
  };
}

function tableOfObjects({ protocol, data, videos, mean }: EvaluatedVideo): Table {
  const cells = ({ JF, J, F }: { JF: number; J: { mean: number }; F: { mean: number } }) =>
    [JF, J.mean, F.mean].map((share) => (100 * share).toFixed(1));
  const rows = videos.flatMap(({ name, objects }) =>
    objects?.map((score: ObjectScore) => [
      ...[name, `${score.object}`, ...cells(meanOfObjects([score]))],
    ]) ?? [[name, "", "", "", ""]]
  );
  return {
    title: `${protocol} on ${data}`,
    head: ["video", "object", "J&F, %", "J, %", "F, %"],
    rows: mean ? [...rows, ["mean over all objects", "", ...cells(mean)]] : rows,
  };
}
