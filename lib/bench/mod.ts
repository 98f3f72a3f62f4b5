/**
 * The benchmarks: the work of Mugs on this machine, beside PyTorch doing the same (`peer.py`).
 *
 * @module
 */
export { alternate, median, type Outcome } from "./alternate.ts";
export { type Benchmark, benchmarks } from "./benchmarks.ts";
export { ourCommand, type Peer, peerCommand } from "./commands.ts";
export { gpuUsage, usageIn } from "./gpu_usage.ts";
export { type BenchmarkOptions, compareSides, type Measurement, runBenchmarks } from "./measure.ts";
export { writePhotos } from "./photos.ts";
export { Side, type Timing } from "./side.ts";
export { benchmarkLine, benchmarkTable } from "./table.ts";
export type { Prepared, Setting, Task } from "./task.ts";
