import * as trainingRoom from "../training/mod.ts";
import { guarded } from "./guard.ts";
import { thing } from "./kind.ts";

export const { Diverged, ProgressBar } = guarded(trainingRoom, {
  Diverged: {
    divergence: thing("what is known of a divergence, `{ step, tensor }`", {
      step: "number",
      tensor: "text",
    }),
  },
  ProgressBar: {
    "screen?": thing("a screen, `{ write, isTerminal, columns }`", { write: "function" }),
  },
});
