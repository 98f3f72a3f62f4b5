import type { Flags } from "./flag.ts";
import { off } from "./shared_flags.ts";

/** Flags that say which of the images are learned from. */
export const labelFlags = {
  labels: {
    kind: "text",
    placeholder: "FILE",
    about: "List of images: only these are learned from, a file name in each line",
    otherwise: "all of them",
  },
  labelShare: {
    kind: "number",
    min: 1e-6,
    max: 1,
    about: "Share of the images to learn from, drawn alike of every class by the seed",
    otherwise: "1",
  },
  asOriginal: off("Read lists and the labels of Stanford Cars with the original's oddities"),
} as const satisfies Flags;
