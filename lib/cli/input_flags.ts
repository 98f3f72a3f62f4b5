import { requestFields } from "../configs/mod.ts";
import { computingFlags } from "./computing_flags.ts";
import { evalViewFlags } from "./eval_view_flags.ts";
import type { Flags } from "./flag.ts";
import { shared } from "./shared_flags.ts";
import { headsFlag, weightFlags } from "./weight_flags.ts";

/** Flags that name weights and the images that are shown to them. */
export const inputFlags = {
  data: shared.data,
  checkpoint: shared.checkpoint,
  ...weightFlags,
  ...headsFlag,
  ...evalViewFlags,
  precision: { ...requestFields.precision, default: "float32" },
  skipBad: shared.skipBad,
  ...computingFlags,
  processes: {
    ...requestFields.processes,
    default: 1,
    about: "Processes on this machine that share the images",
  },
} as const satisfies Flags;
