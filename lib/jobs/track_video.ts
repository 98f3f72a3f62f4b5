import type { Backend, Precision } from "../compile/mod.ts";
import { granuleVideos, openDavis, type Video, type VideoSet } from "../datasets/mod.ts";
import {
  checkFrameSize,
  type PlaceEncoder,
  trackObjects,
  type TrackOptions,
  trackSettings,
} from "../dense/mod.ts";
import { encodeMask, escapeControls, type Mask } from "../images/mod.ts";
import { meanOfObjects, type ObjectScore, scoreVideo, type VideoScore } from "../metrics/mod.ts";
import { type BackboneOptions, untrained } from "../models/mod.ts";
import { annotatedMasks, checkMarked, noteOnAbsent, sizedFrames } from "./check_videos.ts";
import { checkFolder } from "./destination.ts";
import { type JobOptions, silent } from "./observer.ts";
import { startBackend } from "./start_backend.ts";
import { openWeights, toEncoder, type Weights } from "./weights.ts";

/** In which videos objects are followed, and by which weights. */
export type VideoRequest = BackboneOptions & TrackOptions & {
  checkpoint: string;
  /** A folder in the layout of DAVIS, or videos that are open; without, videos of granules. */
  data?: string | VideoSet | undefined;
  /** Whether a network of the weights' sizes is random instead, as a baseline. */
  fromScratch?: boolean;
  /** The name of a list in its `ImageSets`; by default `val`, or all videos without one. */
  part?: string;
  /** A folder for the masks: `out/<video>/00000.png`, and so on. */
  out?: string;
  /** Whether the folder may hold something already. */
  fresh?: boolean;
  /** Precision of matrix products. */
  precision?: Precision;
  /** By default the best that this machine has. */
  backend?: Backend;
};

/** Weights and videos that were checked. */
export type VideoJob = {
  weights: Weights;
  fromScratch: boolean;
  data: VideoSet;
  settings: Required<TrackOptions>;
  out: string | null;
  precision: Precision;
  backend: Backend | null;
};

/** The scores of the objects of a video; `null` where masks to compare with are missing. */
export type ScoredVideo = { name: string; frames: number; objects: ObjectScore[] | null };

/** What was measured: each video, and the means over all objects of those that have masks. */
export type VideoResult = { videos: ScoredVideo[]; mean: VideoScore | null };

/**
 * Checks weights, videos and the folder to write to before anything is downloaded.
 *
 * @throws {Error} If they cannot be used: why, and what to do.
 */
export async function prepareVideo(request: VideoRequest): Promise<VideoJob> {
  const { checkpoint, data: folder, part, key, heads, partial, fromScratch = false } = request;
  const { precision = "float32", backend = null, out = null, fresh = false } = request;
  if (part !== undefined && typeof folder !== "string") {
    throw new TypeError("`part` names a list of videos in a folder: give its path as `data`");
  }
  const weights = await openWeights(checkpoint, { key, heads, partial });
  const data = typeof folder === "string" ? await openDavis(folder, { part }) : folder ??
    granuleVideos();
  if (out !== null) {
    await checkMaskFolder(out, { data: typeof folder === "string" ? folder : null, fresh });
  }
  const size = request.size ?? (folder === undefined ? granuleSize : undefined);
  const settings = trackSettings({ ...request, size });
  const { resnet, patchSize } = weights.stored.sizes;
  if (!resnet) checkFrameSize(settings.size, patchSize);
  if (folder !== undefined) await checkMarked(data);
  return { weights, fromScratch, data, settings, out, precision, backend };
}

/** The short side of the frames of granules: their own, at which small networks were trained. */
const granuleSize = 128;

/** Refuses a folder that lies in the data, or holds something. */
async function checkMaskFolder(
  folder: string,
  { data, fresh }: { data: string | null; fresh: boolean },
): Promise<void> {
  const name = escapeControls(folder);
  await checkFolder(folder);
  if (data !== null && `${realOf(folder)}/`.startsWith(`${realOf(data)}/`)) {
    throw new Error(`Cannot write masks to ${name}: it lies in the data; name another folder`);
  }
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  if (fresh || !entries.length) return;
  throw new Error(`Cannot write masks to ${name}: it is not empty; \`fresh\` writes over them`);
}

/** A path without links, however much of it is there already. */
function realOf(path: string): string {
  const [, parent, name] = /^(.*)\/([^/]*)\/*$/.exec(path) ?? [null, ".", path];
  try {
    return Deno.realPathSync(path);
  } catch {
    return `${parent === "" ? "" : realOf(parent!)}/${name}`;
  }
}

/** Follows the objects of every video through its frames, and scores the masks. */
export async function runVideo(
  job: VideoJob,
  { observer = silent, ...computing }: JobOptions = {},
): Promise<VideoResult> {
  const { weights, data, precision } = job;
  await startBackend(job.backend, { observer, ...computing });
  using encoder = job.fromScratch
    ? untrained({ ...weights.stored.sizes, seed: 0 }, { precision })
    : toEncoder(weights, { name: "checkpoint", precision, observer });
  const { patches, multiple } = encoder;
  if (!patches) {
    throw new Error(`Cannot follow objects with ${weights.path}: no features of places`);
  }
  const videos: ScoredVideo[] = [];
  let done = 0;
  const total = data.videos.reduce((sum, { frames }) => sum + frames.length, 0);
  const onFrame = () => observer.count?.({ what: "frames", done: ++done, total });
  for (const video of data.videos) {
    const truth = await annotatedMasks(video);
    const masks = await follow(video, truth[0]!, {
      ...{ job, encoder: { patches, multiple }, onFrame },
    });
    const scores = score(truth, masks);
    const note = scores && noteOnAbsent(video.name, truth[0]!);
    if (note) observer.tell(note);
    videos.push({ name: video.name, frames: masks.length, objects: scores });
    if (scores) observer.tell(`${escapeControls(video.name)}: ${videoText(meanOfObjects(scores))}`);
  }
  const objects = videos.flatMap(({ objects }) => objects ?? []);
  return { videos, mean: objects.length ? meanOfObjects(objects) : null };
}

/** The masks of all frames of a video, written as they come. */
async function follow(
  video: Video,
  first: Mask,
  { job, encoder, onFrame }: { job: VideoJob; encoder: PlaceEncoder; onFrame: () => void },
): Promise<Mask[]> {
  const { out, settings } = job;
  const { name, frames } = video;
  const folder = out === null ? null : `${out}/${name}`;
  if (folder !== null) await Deno.mkdir(folder, { recursive: true });
  const masks: Mask[] = [];
  const keep = async (mask: Mask) => {
    const file = `${folder}/${frames[masks.length]!.name}.png`;
    if (folder !== null) await Deno.writeFile(file, await encodeMask(mask));
    masks.push(mask);
    onFrame();
  };
  await keep(first);
  const images = sizedFrames(video, first);
  for await (const { mask } of trackObjects(images, first, { encoder, ...settings })) {
    await keep(mask);
  }
  return masks;
}

/** The scores of masks, where every frame but the last has some to be compared with. */
function score(truth: readonly (Mask | null)[], masks: Mask[]): ObjectScore[] | null {
  const marked = truth.slice(0, -1).every((mask) => mask !== null);
  if (!marked || truth.length < 3) return null;
  return scoreVideo(truth.map((mask, i) => mask ?? masks[i]!), masks);
}

/** Scores in words. */
export function videoText({ JF, J, F }: VideoScore): string {
  const percent = (share: number) => (100 * share).toFixed(1);
  return `J&F ${percent(JF)} %, J ${percent(J.mean)} %, F ${percent(F.mean)} %`;
}
