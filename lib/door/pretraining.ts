import type { Course, PretrainOptions, PrototypeImagesOptions } from "../pretraining/mod.ts";
import * as pretrainingRoom from "../pretraining/mod.ts";
import { guarded, options } from "./guard.ts";
import { integer, plain, thing } from "./kind.ts";
import {
  config,
  configNames,
  evalCrop,
  file,
  loading,
  processes,
  random,
  samples,
  signal,
} from "./things.ts";

const state = thing("the state of a training, such as `initState` makes", {
  step: "object",
  learner: "object",
  optimizer: "object",
});

export const {
  initState,
  openState,
  pretrain,
  prototypeImages,
  restoreState,
  saveState,
} = guarded(pretrainingRoom, {
  initState: { config, "random?": random },
  openState: { path: file },
  pretrain: {
    samples,
    config,
    "options?": options<PretrainOptions>({
      state,
      passedOver: integer(0),
      step: plain("function", "a compiled step"),
      ...loading,
      processes,
      signal,
    }),
  },
  prototypeImages: {
    state,
    samples,
    options: options<PrototypeImagesOptions & { method: string }>({
      method: null,
      evalCrop,
      largest: integer(1),
      each: integer(1),
    }, { needs: ["method"], beside: configNames }),
  },
  restoreState: {
    stored: thing("a stored state, such as `openState` opens", {
      path: "text",
      checkpoint: "object",
      config: "object",
    }),
  },
  saveState: {
    path: file,
    state,
    course: options<Course>({ config, passedOver: integer(0) }, { needs: ["config"] }),
  },
}, { computing: ["initState", "restoreState"] });
