import { computesOnGpu } from "../compile/mod.ts";
import { type Loading, workersFor } from "../datasets/mod.ts";
import type { Observer } from "./observer.ts";

/** How images come from their files, as the command line and `train()` name it. */
export type LoadingSettings = {
  /** Threads that read and augment images; by default half of the cores, with a GPU all but one. */
  workers?: number;
  /** A folder where images are kept decoded, 3 bytes a pixel, for later epochs and other runs. */
  cache?: string;
};

/** How views are made faster than the original program makes them. */
export type ViewSettings = {
  /**
   * Whether large JPEG files are decoded at 1/2, 1/4 or 1/8 of their sides where the crops allow
   * it; their pixels differ by about 1 of 255.
   */
  reducedDecoding?: boolean;
  /**
   * Where the colors of weakly augmented views are changed and they are blurred: on the `host`, as
   * by default, or on the `device` that trains, where a few bytes differ by 1.
   */
  augmentOn?: "host" | "device";
};

/** How a training loads its images on the device in use, once the backend has started. */
export function deviceLoading(
  {
    processors,
    workers = workersFor({ training: !computesOnGpu(), cores: processors }),
    cache,
    ...views
  }: LoadingSettings & ViewSettings & { processors?: number },
  observer: Observer,
): Loading {
  return { workers, decodedFolder: cache, ...views, tell: observer.tell.bind(observer) };
}
