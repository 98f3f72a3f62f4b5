import * as runsRoom from "../runs/mod.ts";
import { guarded } from "./guard.ts";
import { text } from "./things.ts";

export const { Interrupted } = guarded(runsRoom, { Interrupted: { "message?": text } });
