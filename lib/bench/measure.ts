import { alternate, type Outcome } from "./alternate.ts";
import type { Benchmark } from "./benchmarks.ts";
import { ourCommand, type Peer, peerCommand } from "./commands.ts";
import { writePhotos } from "./photos.ts";
import { Side } from "./side.ts";
import type { Setting } from "./task.ts";

/** The result of one benchmark. */
export type Measurement = {
  work: string;
  unit: Benchmark["unit"];
  ours: number;
  /** `null` without a peer. */
  peer: number | null;
  /** How many times better ours is: a quotient of throughputs, or of memory. */
  ratio: number | null;
  engines: string[];
};

/** How {@linkcode runBenchmarks} measures. */
export type BenchmarkOptions = {
  peer?: Peer;
  rounds?: number;
  runs?: number;
  threads?: number;
  /** How many JPEG files are written for the benchmarks that read some. */
  photos?: number;
  /** Receives a line on what is being done. */
  log?: (line: string) => void;
};

/**
 * Measures benchmarks, ours and the peer's by turns, and yields each as soon as it is complete.
 *
 * @throws {Error} If a side fails, such as a Python that lacks PyTorch.
 */
export async function* runBenchmarks(
  benchmarks: readonly Benchmark[],
  { peer, rounds, runs, threads = navigator.hardwareConcurrency, photos: count = 64, log }:
    BenchmarkOptions = {},
): AsyncGenerator<Measurement, void, void> {
  const groups = Map.groupBy(benchmarks, ({ task }) => JSON.stringify(task));
  for (const [task, group] of groups) {
    const names = group.map(({ name }) => name).join(", ");
    const setting: Setting = { ...JSON.parse(task), threads, photos: "" };
    const reads = ["jpeg", "multicrop", "loader"].includes(setting.kind);
    if (reads) setting.photos = await Deno.makeTempDir({ prefix: "mugs-bench-" });
    try {
      if (reads) await writePhotos(setting.photos, count, setting.photoScale);
      log?.(`${names}: preparing`);
      await using ours = await Side.start("our side", ourCommand(setting));
      await using theirs = peer
        ? await Side.start("the peer", peerCommand(peer, setting))
        : undefined;
      log?.(`${names}: measuring`);
      const outcomes = await alternate(theirs ? [ours, theirs] : [ours], { rounds, runs });
      for (const benchmark of group) yield compareSides(benchmark, outcomes);
    } finally {
      if (reads) await Deno.remove(setting.photos, { recursive: true });
    }
  }
}

/** The numbers of a benchmark from the outcomes of its sides, ours first. */
export function compareSides(
  benchmark: Benchmark,
  outcomes: readonly Outcome[],
): Measurement {
  const { name, unit } = benchmark;
  const [ours = NaN, peer = null] = outcomes.map((side) => value(benchmark, side));
  const [over, under] = unit === "MiB" ? [peer, ours] : [ours, peer];
  return {
    work: name,
    unit,
    ours,
    peer,
    ratio: over === null || under === null ? null : over / under,
    engines: outcomes.map(({ engine }) => engine),
  };
}

function value({ unit, task }: Benchmark, outcome: Outcome): number {
  const { seconds, cpu, items, peakMemory, deviceMemory = null } = outcome;
  if (unit === "MiB") return ((task.device === "gpu" ? deviceMemory : peakMemory) ?? NaN) / 2 ** 20;
  return items / (unit.endsWith("per core") ? cpu : seconds);
}
