import type { Benchmark, Measurement, Peer } from "../bench/mod.ts";
import { common, flagsOnly, type Given, print, say, task } from "../cli/mod.ts";

const { hardwareConcurrency: processors } = navigator;

const manual = {
  usage: "bench [--peer PYTHON] [--only NAME] [--json]",
  about: "Measures training, features, k-NN and augmentation on this machine, and with --peer\n" +
    "PyTorch doing the same by turns. Let nothing else run meanwhile.",
  flags: {
    peer: {
      kind: "text",
      placeholder: "PYTHON",
      about: "A Python that has what lib/bench/peer_requirements.txt names",
    },
    only: { kind: "text", placeholder: "NAMES", about: "Works joined by commas [all]" },
    rounds: { kind: "integer", min: 1, max: 100, about: "How often the sides take turns [3]" },
    runs: { kind: "integer", min: 1, max: 100, about: "Runs of a side in its turn [2]" },
    threads: { kind: "integer", min: 1, max: 1024, about: `Of each side [${processors}]` },
    compile: { kind: "switch", about: "The peer compiles its blocks by torch.compile" },
    json: { ...common.json, about: "A line of JSON for each work on stdout" },
  },
  config: false,
} as const;

type Options = {
  works: Benchmark[];
  peer?: Peer;
  rounds?: number;
  runs?: number;
  threads: number;
  json: boolean;
};

async function prepare({ words, values }: Given): Promise<Options> {
  flagsOnly("bench", words);
  const { benchmarks } = await import("../bench/mod.ts");
  const names = benchmarks.map(({ name }) => name);
  const asked = (values.only as string | undefined)?.split(",") ?? names;
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`--only takes some of ${names.join(", ")}, not "${unknown}"`);
  }
  if (values.compile && !values.peer) throw new TypeError("--compile needs --peer PYTHON");
  return {
    works: benchmarks.filter(({ name }) => asked.includes(name)),
    ...values.peer !== undefined &&
      { peer: { python: values.peer as string, compile: values.compile === true } },
    rounds: values.rounds as number | undefined,
    runs: values.runs as number | undefined,
    threads: (values.threads as number | undefined) ?? processors,
    json: values.json === true,
  };
}

async function run({ works, json, ...options }: Options): Promise<void> {
  const { benchmarkLine, benchmarkTable, runBenchmarks } = await import("../bench/mod.ts");
  const measurements: Measurement[] = [];
  for await (const measurement of runBenchmarks(works, { ...options, log: say })) {
    measurements.push(measurement);
    if (json) print(benchmarkLine(measurement));
  }
  if (!json) print(benchmarkTable(measurements) + `\n${circumstances(measurements, options)}\n`);
}

/** What the numbers depend on beside the code. */
function circumstances(
  measurements: Measurement[],
  { threads, peer }: Pick<Options, "threads" | "peer">,
): string {
  const engines = new Set(measurements.flatMap(({ engines }) => engines));
  return [
    `${threads} threads each`,
    ...engines,
    `Deno ${Deno.version.deno}`,
    ...peer?.compile ? ["peer compiled"] : [],
    `${Deno.build.os} ${Deno.build.arch}`,
    new Date().toISOString().slice(0, 10),
  ].filter((part, i, all) => all.indexOf(part) === i).join(", ");
}

if (import.meta.main) await task(manual, prepare, run);
