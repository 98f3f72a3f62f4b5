import type { Flags } from "./flags.ts";

const path = (placeholder: string, about: string) =>
  ({ kind: "text", placeholder, about }) as const;

/** Flags that several tasks share. */
export const common = {
  data: path("DIR", "Folder of images (train/<class>/*, val or test); without it the granules"),
  checkpoint: path("FILE", "Weights: safetensors, or .pth of Mugs, DINO, iBOT, DeiT, timm"),
  out: path("PATH", "Where to write"),
  minutes: { kind: "number", min: 0.05, max: 100000, about: "Length of the training" },
  k: { kind: "integer", min: 1, max: 100000, about: "Neighbors that vote [20]" },
  temperature: { kind: "number", min: 0.012, max: 100, about: "Of their votes [0.07]" },
  seed: { kind: "integer", min: 0, max: 2 ** 31 - 1, about: "Of all random numbers [0]" },
  backend: {
    kind: "choice",
    choices: ["tensorflow", "wasm", "cpu"],
    about: "wasm and cpu need no library and are slower [tensorflow, else wasm]",
  },
  "max-bad": {
    kind: "number",
    min: 0,
    max: 1,
    about: "Share of the images that may be unreadable in training [0.01]",
  },
  "skip-bad": { kind: "switch", about: "Leave out images that cannot be read, and say so" },
  "print-config": { kind: "switch", about: "Show every value with its origin, and end" },
  json: { kind: "switch", about: "One line of JSON on stdout" },
  fresh: { kind: "switch", about: "Run again what has been run" },
} as const satisfies Flags;
