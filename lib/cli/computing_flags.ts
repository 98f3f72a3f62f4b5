import type { Flags } from "./flag.ts";
import { off, shared } from "./shared_flags.ts";

/** Flags that say what computes, and how. */
export const computingFlags = {
  backend: shared.backend,
  device: shared.device,
  compiler: {
    kind: "choice",
    choices: ["xla", "graph"],
    about: "What runs compiled functions: XLA, which compiles for minutes at first, or the graph " +
      "executor",
    otherwise: "xla on a GPU, graph on a processor",
  },
  deterministic: off(
    "Have a GPU give the same bits in every run, though some operations are slower",
  ),
} as const satisfies Flags;
