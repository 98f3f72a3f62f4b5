import type { Config, RecipeFields } from "../configs/mod.ts";
import { knnSize, measuredPresets, type Setting, videoSize } from "./task.ts";

const path = (name: string) => decodeURIComponent(new URL(name, import.meta.url).pathname);

/** The command that starts our side. */
export function ourCommand(setting: Setting): string[] {
  return [Deno.execPath(), "run", "-q", "-P", path("ours.ts"), JSON.stringify(setting)];
}

/** How the peer is run. */
export type Peer = {
  /** A Python with the packages that `peer_requirements.txt` names. */
  python: string;
  /** Whether it compiles its blocks. */
  compile: boolean;
};

/** The command that starts the peer's side, with the same sizes. */
export function peerCommand({ python, compile }: Peer, setting: Setting): string[] {
  const { kind, preset, batchSize, precision, device, threads, photos } = setting;
  // What a method has no use for is left to the peer's defaults.
  const config: Config & RecipeFields = measuredPresets[preset];
  const numbers = {
    threads: kind === "multicrop" ? 1 : threads,
    batch: batchSize,
    width: config.width,
    depth: config.depth,
    heads: config.heads,
    "image-size": config.imageSize,
    "patch-size": config.patchSize,
    size: config.globalSize,
    "local-size": config.localSize,
    "local-crops": config.localCrops,
    hidden: config.headHidden,
    "predictor-hidden": config.predictorHidden,
    out: config.headOut,
    bottleneck: config.bottleneck,
    prototypes: config.prototypes,
    queue: config.instanceQueue,
    memory: config.memory,
    neighbors: kind === "knn" ? knnSize.k : config.neighbors,
    "drop-path": config.dropPath,
    temperature: config.instanceTemperature,
    train: knnSize.train,
    queries: knnSize.queries,
    classes: knnSize.classes,
    frames: videoSize.frames,
    "frame-width": videoSize.width,
    "frame-height": videoSize.height,
    objects: videoSize.objects,
    // torch.compile compiles at the first calls and is fast from the third on.
    warmup: compile ? 3 : 1,
  };
  const flags = Object.entries(numbers).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)]
  );
  const { method, resnet } = config;
  return [
    python,
    path("peer.py"),
    kind === "step" ? `step_${method}` : kind,
    ...["--arch", resnet ? config.arch : "custom", "--dtype", precision, "--device", device],
    ...flags,
    ...photos ? ["--photos", photos] : [],
    ...compile ? ["--compile"] : [],
  ];
}
