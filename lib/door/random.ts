import * as randomRoom from "../random/mod.ts";
import { guarded } from "./guard.ts";
import { either, kind, plain } from "./kind.ts";
import { text } from "./things.ts";

const state = kind(
  "the state of a generator",
  (value) => Array.isArray(value) && value.length === 4 && value.every(Number.isInteger),
);

export const { Random } = guarded(randomRoom, {
  Random: { seed: either(either(text, plain("number", "a number")), state) },
});
