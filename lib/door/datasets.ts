import type {
  BatchesConfig,
  BatchesOptions,
  EvalBatchesOptions,
  FolderOptions,
  GranuleScenesOptions,
  GranulesOptions,
  GranuleVideosOptions,
  LabelShareOptions,
} from "../datasets/mod.ts";
import * as datasetsRoom from "../datasets/mod.ts";
import { guarded, options } from "./guard.ts";
import { choice, either, integer, kind, number, plain, thing } from "./kind.ts";
import { dataset, evalCrop, flag, folder, loading, processes, samples, text } from "./things.ts";

const seed = either(plain("number", "a number"), text);

const folderOptions = options<FolderOptions>({
  seed,
  testPart: number(0, 1),
  exif: flag,
  scored: flag,
  asOriginal: flag,
  listings: folder,
});

export const {
  batches,
  cocoScenes,
  evalBatches,
  examples,
  granules,
  granuleScenes,
  granuleVideos,
  imageFolder,
  labelShare,
  openDataset,
  portion,
} = guarded(datasetsRoom, {
  batches: {
    samples,
    config: options<BatchesConfig>({
      batchSize: integer(1),
      seed,
      plan: plain("list", "the groups of views of an image, such as a method plans"),
      partial: flag,
      repeat: null,
    }, { needs: ["batchSize", "seed", "plan"] }),
    "options?": options<BatchesOptions>({
      from: integer(0),
      to: integer(0),
      ...loading,
      share: processes,
      prefetch: integer(1),
      cacheBytes: number(0),
    }),
  },
  cocoScenes: {
    scenes: thing("scenes, such as `granuleScenes` draws", {
      ...{ name: "text", train: "list", test: "list", classes: "list" },
    }),
  },
  evalBatches: {
    samples,
    options: options<EvalBatchesOptions>({
      size: integer(1),
      batchSize: integer(1),
      evalCrop,
      shorterSide: integer(1),
      filter: null,
      pillow: null,
    }, { needs: ["size", "batchSize"] }),
  },
  examples: {
    data: dataset,
    "options?": options<{ level?: string; classes?: number; each?: number }>({
      level: text,
      classes: integer(1),
      each: integer(1),
    }),
  },
  granules: {
    "options?": options<GranulesOptions>({
      size: null,
      train: null,
      test: null,
      individuals: null,
      seed,
      minerals: choice("common", "rare"),
    }),
  },
  granuleScenes: {
    "options?": options<GranuleScenesOptions>({
      size: null,
      train: null,
      test: null,
      granules: plain("list", "the least and the most granules of an image"),
      level: choice("family", "species"),
      seed,
      minerals: null,
    }),
  },
  granuleVideos: {
    "options?": options<GranuleVideosOptions>({
      size: null,
      videos: null,
      frames: null,
      granules: plain("list", "the least and the most granules of a video"),
      seed,
      minerals: null,
    }),
  },
  imageFolder: { folder, "options?": folderOptions },
  labelShare: {
    data: dataset,
    share: number(0, 1),
    "options?": options<LabelShareOptions>({ seed, level: text }),
  },
  openDataset: { folder, "options?": folderOptions },
  portion: {
    data: dataset,
    counts: either(
      thing("numbers of images, `{ train, test }`"), // which the function sees to
      kind("null for all of them", (value) => value === null),
    ),
  },
}, { computing: ["batches", "evalBatches"] });
