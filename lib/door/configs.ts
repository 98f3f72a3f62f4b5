import * as configsRoom from "../configs/mod.ts";
import { guarded, options } from "./guard.ts";
import { choice, plain, thing } from "./kind.ts";
import { text } from "./things.ts";

export const { configureClassifier, presetsOf } = guarded(configsRoom, {
  configureClassifier: {
    protocol: choice(...Object.keys(configsRoom.classifierPresets)),
    "options?": options<{ preset?: string; overrides?: object }>({
      preset: text,
      overrides: thing("an object of fields"),
    }),
  },
  presetsOf: { method: plain("text", "the name of a method, such as `mugs`") },
});
