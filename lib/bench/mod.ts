/**
 * The benchmark: the works of Mugs on this machine, beside PyTorch doing the same (`peer.py`).
 *
 * @module
 */
export { alternate, median, type Told } from "./alternate.ts";
export { ourCommand, type Peer, peerCommand } from "./commands.ts";
export { compare, measure, type Measured, type MeasureOptions } from "./measure.ts";
export { writePhotos } from "./photos.ts";
export { type Run, Side } from "./side.ts";
export { table, toJsonLine } from "./table.ts";
export type { Prepared, Setting, Task } from "./task.ts";
export { type Work, works } from "./works.ts";
