import { requestFields } from "../configs/mod.ts";
import type { Flags } from "./flag.ts";

/** Flags that say how a checkpoint is read. */
export const weightFlags = {
  key: {
    kind: "text",
    placeholder: "NAME",
    about: "Network of the checkpoint",
    otherwise: "teacher, else student, state_dict, model",
  },
  partial: { ...requestFields.partial, default: false },
} as const satisfies Flags;

/** The number of attention heads, where neither the checkpoint nor its width tells it. */
export const headsFlag = {
  heads: { ...requestFields.heads, otherwise: "as the checkpoint or its width says" },
} as const satisfies Flags;
