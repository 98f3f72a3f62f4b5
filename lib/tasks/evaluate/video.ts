import {
  type CommandLine,
  computingFlags,
  type Flags,
  flagsOnly,
  headsFlag,
  inputFlags,
  off,
  print,
  printJson,
  shared,
  task,
  userPath,
  weightFlags,
  type Work,
} from "../../cli/mod.ts";
import { videoFields } from "../../configs/mod.ts";
import { escapeControls } from "../../images/mod.ts";
import type { VideoJob, VideoResult } from "../../jobs/mod.ts";

const flags = {
  data: {
    ...shared.data,
    about: "Folder in the layout of DAVIS: JPEGImages, Annotations",
    otherwise: "videos that are drawn, of granules that move",
  },
  checkpoint: shared.checkpoint,
  ...weightFlags,
  ...headsFlag,
  part: {
    kind: "text",
    placeholder: "NAME",
    about: "List of videos in the folder ImageSets",
    otherwise: "val, or all videos where there is no list",
  },
  lastFrames: { ...videoFields.lastFrames, default: 7 },
  topk: { ...videoFields.topk, default: 5 },
  reach: { ...videoFields.reach, default: 12 },
  temperature: { ...videoFields.temperature, default: 0.1 },
  size: { ...videoFields.size, otherwise: "480; 128 of videos that are drawn" },
  fromScratch: off("Begin at random instead of with the weights, as a baseline"),
  out: { ...shared.out, about: "Folder for the masks, as PNG files with a palette" },
  fresh: off("Write into a folder that holds something"),
  precision: inputFlags.precision,
  ...computingFlags,
  json: shared.json,
} as const satisfies Flags;

const manual = {
  name: "evaluate video",
  usage: "--checkpoint FILE [--data DIR] [--out DIR] [--json]",
  about: "Follows the objects of a video's first frame by the features of a checkpoint, without " +
    "any training, and scores the masks as DAVIS-2017 does.",
  flags,
} as const;

async function prepare({ values, words, wording }: CommandLine<typeof flags>): Promise<Work> {
  flagsOnly(manual.name, words.slice(1));
  const { checkpoint, data, out, json, device, compiler, deterministic, ...request } = values;
  if (checkpoint === undefined) throw new TypeError("evaluate video needs --checkpoint FILE");
  const jobs = await import("../../jobs/mod.ts");
  const screen = new jobs.StandardError(wording);
  const job = await jobs.prepareVideo({
    ...request,
    ...{ checkpoint: userPath(checkpoint), data: userPath(data), out: userPath(out) },
  });
  return async () => {
    using _ = screen;
    const options = { observer: screen, device, compiler, deterministic };
    const result = await jobs.runVideo(job, options);
    if (json) return printJson(record(job, result));
    print(lines(result, jobs.videoText));
  };
}

/** A line for each object, and the means. */
function lines({ videos, mean }: VideoResult, text: typeof import("../../jobs/mod.ts").videoText) {
  const lack = (frames: number) =>
    frames < 3 ? "fewer than three frames" : "no masks to compare with";
  const each = videos.flatMap(({ name, frames, objects }) =>
    objects?.map(({ object, J, F }) =>
      `${escapeControls(name)}, object ${object}: ${text({ JF: (J.mean + F.mean) / 2, J, F })}\n`
    ) ?? [`${escapeControls(name)}: not scored, as it has ${lack(frames)}\n`]
  );
  return each.join("") + (mean ? `mean over all objects: ${text(mean)}\n` : "");
}

/** Everything, for programs. */
function record(
  { data, settings, precision, weights, fromScratch }: VideoJob,
  result: VideoResult,
) {
  return {
    protocol: "video object segmentation by label propagation",
    ...result.mean && { JF: result.mean.JF, J: result.mean.J, F: result.mean.F },
    videos: result.videos,
    ...settings,
    precision,
    fromScratch,
    data: data.name,
    checkpoint: weights.path,
  };
}

/** The task `evaluate video`. */
export function evaluateVideo(): Promise<void> {
  return task(manual, prepare);
}
