import { requestFields } from "../configs/mod.ts";
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
  checkpoint: text("FILE", "Weights: safetensors, or published ones as .pth, .pkl or .index"),
  out: text("PATH", "Where to write"),
  minutes: requestFields.minutes,
  k: { ...requestFields.k, default: 20 },
  temperature: { ...requestFields.temperature, default: 0.07 },
  seed: { ...requestFields.seed, default: 0 },
  backend: {
    ...requestFields.backend,
    otherwise: "tensorflow, or wasm where that is not available",
  },
  device: {
    ...text("NAME", "What TensorFlow computes on: cpu, gpu, or gpu:N"),
    otherwise: "the first GPU that can be used, or the processor",
  },
  maxBad: { ...requestFields.maxBad, default: 0.01 },
  skipBad: off("Leave out images that cannot be read, and name them"),
  config: text("FILE", "Configuration of a run, its config.json; flags come before it"),
  printConfig: off("Show every value of the configuration with its origin, and end"),
  json: off("Print one line of JSON"),
  fresh: off("Repeat a run that is finished, and begin an unfinished one anew"),
} as const satisfies Flags;
