import type { Measurement, Peer } from "../bench/mod.ts";
import {
  type CommandLine,
  flagsOnly,
  off,
  print,
  say,
  shared,
  task,
  type Work,
} from "../cli/mod.ts";

const flags = {
  peer: {
    kind: "text",
    placeholder: "PYTHON",
    about: "A Python that has what lib/bench/peer_requirements.txt names",
  },
  only: {
    kind: "text",
    placeholder: "NAMES",
    about: "Benchmarks joined by commas",
    otherwise: "all",
  },
  rounds: {
    kind: "integer",
    min: 1,
    max: 100,
    default: 3,
    about: "How often the sides take turns",
  },
  runs: { kind: "integer", min: 1, max: 100, default: 2, about: "Runs of a side in its turn" },
  threads: {
    kind: "integer",
    min: 1,
    max: 1024,
    default: navigator.hardwareConcurrency,
    about: "Threads of each side",
  },
  device: {
    kind: "choice",
    choices: ["cpu", "gpu"],
    default: "cpu",
    about: "Where both sides compute; with gpu the benchmarks whose names end in -gpu are run",
  },
  compile: off("Let the peer compile its blocks by torch.compile"),
  json: { ...shared.json, about: "Print a line of JSON for each benchmark" },
} as const;

const manual = {
  name: "bench",
  usage: "[--peer PYTHON] [--only NAMES] [--json]",
  about: "Measures training, features, k-NN and augmentation on this machine, and with --peer " +
    "PyTorch doing the same by turns. Let nothing else run meanwhile.",
  flags,
} as const;

async function prepare({ values, words }: CommandLine<typeof flags>): Promise<Work> {
  flagsOnly(manual.name, words);
  const { benchmarkLine, benchmarks, benchmarkTable, runBenchmarks } = await import(
    "../bench/mod.ts"
  );
  const { findGpu, thisMachine } = await import("../tensorflow/mod.ts");
  const { device } = values;
  if (device === "gpu" && !findGpu(thisMachine)) {
    throw new Error(
      "Cannot measure on a GPU: this machine has no NVIDIA GPU or no driver for it; leave out " +
        "--device",
    );
  }
  const names = benchmarks.filter(({ task }) => task.device === device).map(({ name }) => name);
  const requested = values.only?.split(",") ?? names;
  const unknown = requested.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(
      `--only takes with --device ${device} some of ${names.join(", ")}, not "${unknown}"`,
    );
  }
  const { peer: python, compile, json, rounds, runs, threads } = values;
  if (compile && python === undefined) throw new TypeError("--compile needs --peer PYTHON");
  const peer = python === undefined ? undefined : { python, compile };
  return async () => {
    const measurements: Measurement[] = [];
    const chosen = benchmarks.filter(({ name }) => requested.includes(name));
    const options = { peer, rounds, runs, threads, log: say };
    for await (const measurement of runBenchmarks(chosen, options)) {
      measurements.push(measurement);
      if (json) print(benchmarkLine(measurement));
    }
    if (json) return;
    print(`${benchmarkTable(measurements)}\n${circumstances(measurements, { threads, peer })}\n`);
  };
}

/** What the numbers depend on beside the code. */
function circumstances(
  measurements: Measurement[],
  { threads, peer }: { threads: number; peer: Peer | undefined },
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

if (import.meta.main) await task(manual, prepare);
