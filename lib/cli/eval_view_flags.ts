import type { Flags } from "./flag.ts";

/** Flags that change what is seen of an image when it is scored. */
export const evalViewFlags = {
  evalCrop: {
    kind: "choice",
    choices: ["center", "whole"],
    about: "What is seen of an image",
    otherwise: "as in training",
  },
  evalSize: {
    kind: "integer",
    min: 8,
    max: 2048,
    orNone: true,
    about: "Pixels of the square that is seen; none: the image size",
    otherwise: "as in training",
  },
  exif: {
    kind: "switch",
    about: "Turn images as their EXIF orientation says",
    otherwise: "as in training",
  },
} as const satisfies Flags;
