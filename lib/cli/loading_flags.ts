import { requestFields } from "../configs/mod.ts";
import type { Flags } from "./flag.ts";

/** Flags that say how images come from their files: they change no number. */
export const loadingFlags = {
  workers: { ...requestFields.workers, otherwise: "half of the cores, with a GPU all but one" },
  cache: {
    kind: "text",
    placeholder: "DIR",
    about: "Keep decoded images here, 3 bytes a pixel, for later epochs and other runs",
    otherwise: "they are decoded in every epoch",
  },
} as const satisfies Flags;
