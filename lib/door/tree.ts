import * as treeRoom from "../tree/mod.ts";
import { guarded } from "./guard.ts";
import { either, plain, thing } from "./kind.ts";
import { callback } from "./things.ts";

const tree = either(
  thing("tensors in an object"),
  plain("list", "in a list"),
);

export const { flatten, map } = guarded(treeRoom, {
  flatten: { tree },
  map: { f: callback, tree },
});
