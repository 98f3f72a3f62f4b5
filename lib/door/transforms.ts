import * as transformsRoom from "../transforms/mod.ts";
import { guarded } from "./guard.ts";
import { image } from "./things.ts";

export const { makeViews } = guarded(transformsRoom, {
  makeViews: { image, plan: null, random: null },
});
