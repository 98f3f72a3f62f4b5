/**
 * The paper's tables as data.
 *
 * @module
 */
export { imagenet, type PaperRow, presentedMethod } from "./imagenet.ts";
