/**
 * Named tensors in nested records and arrays: the form of every set of parameters and of the
 * training state.
 *
 * @module
 */
export {
  dispose,
  flatten,
  isTensor,
  leaves,
  map,
  type Named,
  type Tree,
  unflatten,
} from "./tree.ts";
export { below, type Shapes } from "./shapes.ts";
