import type { Field } from "./field.ts";

/** What following objects through videos may change, in the order of `--help`. */
export const videoFields = {
  lastFrames: {
    kind: "integer",
    min: 0,
    max: 1000,
    about: "Frames before the present one that tell it its labels, besides the first",
  },
  topk: {
    kind: "integer",
    min: 1,
    max: 10_000,
    about: "Places from which a place takes its label",
  },
  reach: {
    kind: "integer",
    min: 0,
    max: 10_000,
    about: "Rows and columns within which these lie; 0 for anywhere",
  },
  temperature: { kind: "number", min: 1e-3, max: 1e3, about: "By what similarities are divided" },
  size: {
    kind: "integer",
    min: 16,
    max: 10_000,
    about: "Short side of a frame as the network sees it, in pixels",
  },
} as const satisfies Readonly<Record<string, Field>>;
