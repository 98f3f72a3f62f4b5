import * as methodsRoom from "../methods/mod.ts";
import { guarded } from "./guard.ts";
import { config } from "./things.ts";

export const { methodOf } = guarded(methodsRoom, { methodOf: { config } });
