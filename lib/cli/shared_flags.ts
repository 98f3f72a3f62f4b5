import type { Flags } from "./flag.ts";

/** A flag that takes a path or a name. */
function text(placeholder: string, about: string): Text {
  return { kind: "text", placeholder, about };
}

type Text = { readonly kind: "text"; readonly placeholder: string; readonly about: string };

/** A switch that is off unless it is given. */
export function off(about: string): Switch {
  return { kind: "switch", default: false, about };
}

type Switch = { readonly kind: "switch"; readonly default: false; readonly about: string };

/** Flags that several tasks share. */
export const shared = {
  data: {
    ...text("DIR", "Folder of images: train/<class>/* and val or test"),
    otherwise: "images that are drawn, the granules",
  },
  checkpoint: text("FILE", "Weights: safetensors, or .pth of Mugs, DINO, iBOT, DeiT, timm"),
  out: text("PATH", "Where to write"),
  minutes: { kind: "number", min: 0.05, max: 100000, about: "Length of the training" },
  k: { kind: "integer", min: 1, max: 100000, default: 20, about: "Neighbors that vote" },
  temperature: {
    kind: "number",
    min: 0.012,
    max: 100,
    default: 0.07,
    about: "Temperature of the neighbors' votes",
  },
  seed: {
    kind: "integer",
    min: 0,
    max: 2 ** 31 - 1,
    default: 0,
    about: "Seed of all random numbers",
  },
  backend: {
    kind: "choice",
    choices: ["tensorflow", "wasm", "cpu"],
    about: "What computes; wasm and cpu need no library and are slower",
    otherwise: "tensorflow, or wasm where that is not available",
  },
  device: {
    ...text("NAME", "What TensorFlow computes on: cpu, gpu, or gpu:N"),
    otherwise: "the first GPU that can be used, or the processor",
  },
  maxBad: {
    kind: "number",
    min: 0,
    max: 1,
    default: 0.01,
    about: "Share of the images that may be unreadable in training",
  },
  skipBad: off("Leave out images that cannot be read, and name them"),
  printConfig: off("Show every value of the configuration with its origin, and end"),
  json: off("Print one line of JSON"),
  fresh: off("Repeat a run that is finished, and begin an unfinished one anew"),
} as const satisfies Flags;
