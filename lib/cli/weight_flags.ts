import type { Flags } from "./flag.ts";

/** Flags that say how a checkpoint is read. */
export const weightFlags = {
  key: {
    kind: "text",
    placeholder: "NAME",
    about: "Network of the checkpoint",
    otherwise: "teacher, else student, state_dict, model",
  },
  partial: {
    kind: "switch",
    default: false,
    about: "Take weights with tensors missing or without a place",
  },
} as const satisfies Flags;

/** The number of attention heads, where neither the checkpoint nor its width tells it. */
export const headsFlag = {
  heads: {
    kind: "integer",
    min: 1,
    max: 64,
    about: "Attention heads",
    otherwise: "as the checkpoint or its width says",
  },
} as const satisfies Flags;
