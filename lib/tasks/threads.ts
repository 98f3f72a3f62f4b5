import type { BackendOptions } from "../compile/mod.ts";

/** Widths up to which an operation is too small to be worth sharing among threads. */
const narrow = 256;

/**
 * How training shares the processor. The operations of a narrow network are short: one thread each, several at a time,
 * takes a sixth less processor time than all threads on each in turn (measured on two cores with the preset `tiny`).
 * A step is then cut into as many chains of operations, of which several can run side by side.
 */
export function threads({ width }: { width: number }): BackendOptions {
  if (width > narrow) return {};
  return { intraOpThreads: 1, interOpThreads: navigator.hardwareConcurrency };
}
