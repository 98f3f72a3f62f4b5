import type { TrackOptions } from "../dense/mod.ts";
import * as denseRoom from "../dense/mod.ts";
import { guarded, options } from "./guard.ts";
import { integer, kind, number, thing } from "./kind.ts";
import { mask } from "./things.ts";

const frames = kind(
  "the frames of a video, images one after the other",
  (value) =>
    typeof value === "object" && value !== null &&
    (Symbol.iterator in value || Symbol.asyncIterator in value),
);

export const { trackObjects } = guarded(denseRoom, {
  trackObjects: {
    frames,
    first: mask,
    options: options<{ encoder: unknown } & TrackOptions>({
      encoder: thing("an encoder with features of places, such as `loadEncoder` opens", {
        patches: "function",
        multiple: "number",
      }),
      lastFrames: integer(0),
      topk: integer(1),
      reach: integer(0),
      temperature: number(0),
      size: integer(1),
    }, { needs: ["encoder"] }),
  },
});
