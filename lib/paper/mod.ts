/**
 * The paper's tables as data.
 *
 * @module
 */
export { imagenet, type PaperRow } from "./imagenet.ts";
