import type { Mask } from "../images/mod.ts";
import { checkSizes } from "./mask.ts";

/**
 * Region similarity J of two binary masks: the size of their intersection over that of their union,
 * 1 if both are empty (Perazzi et al., 2016; `db_eval_iou` of davis2017-evaluation).
 *
 * @param ignored Pixels that do not count.
 * @throws {RangeError} If the masks differ in size.
 */
export function regionSimilarity(annotation: Mask, result: Mask, ignored?: Mask): number {
  checkSizes(annotation, result, ...(ignored ? [ignored] : []));
  let intersection = 0, union = 0;
  for (const [i, truth] of annotation.data.entries()) {
    if (ignored?.data[i]) continue;
    const both = truth && result.data[i] ? 1 : 0;
    intersection += both;
    union += truth || result.data[i] ? 1 : 0;
  }
  return union ? intersection / union : 1;
}
