import type { Backend } from "../compile/mod.ts";

/** Why something is not available. */
export type Failure = { error: string };

/** What is known of a machine. */
export type MachineFacts = {
  deno: string;
  target: string;
  cores: number;
  precision: string;
  /** Bytes; `null` where they cannot be asked for. */
  memory: { total: number; available: number } | null;
  disk: { folder: string; free: number } | null;
  /** Permissions that Deno was not given, of those that a task needs. */
  denied: string[];
  gpu: { name: string; driver: string; tooOld: boolean; obstacle: string | null } | null;
  /** The library that is there, with what it sees; or what would be fetched; or why neither. */
  library:
    | { folder: string; version: string; devices: string[] }
    | { fetch: string; download: number; needed: number }
    | Failure;
  /** The version of pip, and which Python has it; `null` where none can be run. */
  pip: string | null;
  /** Whether pip reaches its index; `null` where it was not asked. */
  index: boolean | null;
  /** The backends that multiplied two matrices here, and why the others did not. */
  backends: Partial<Record<Backend, "works" | Failure>>;
  /** The version of the image decoder. */
  images: string | Failure;
};

/** One thing that was looked at: its state, and what to do if that is not as it should be. */
export type Finding = { name: string; state: string; advice?: string };

/** All findings, and on what training runs: `null` if it cannot. */
export type Diagnosis = { findings: Finding[]; backend: Backend | null };

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

/** What the facts about a machine mean. */
export function diagnoseMachine(facts: MachineFacts): Diagnosis {
  const { deno, target, cores, precision, denied } = facts;
  const library = libraryFinding(facts);
  const fetchable = "fetch" in facts.library && !library.advice;
  const works = (backend: Backend) => facts.backends[backend] === "works";
  const backend = works("tensorflow") || fetchable
    ? "tensorflow"
    : works("wasm")
    ? "wasm"
    : works("cpu")
    ? "cpu"
    : null;
  return {
    findings: [
      { name: "Deno", state: `${deno} for ${target}` },
      {
        name: "permissions",
        state: denied.length ? `without ${denied.join(", ")}` : "all that are needed",
        ...denied.length && { advice: "start the program by deno task, which gives them" },
      },
      { name: "processor", state: `${cores} cores, matrices fastest in ${precision}` },
      memoryFinding(facts),
      diskFinding(facts),
      library,
      gpuFinding(facts),
      pipFinding(facts),
      ...(["wasm", "cpu"] as const).map((name): Finding => {
        const outcome = facts.backends[name];
        if (outcome === "works") return { name, state: "works" };
        return { name, state: outcome?.error ?? "was not tried" };
      }),
      typeof facts.images === "string"
        ? { name: "images", state: `sharp ${facts.images} decodes them` }
        : {
          name: "images",
          state: facts.images.error,
          advice: "training on the granules, which are drawn, needs no decoder",
        },
    ],
    backend,
  };
}

function memoryFinding({ memory }: MachineFacts): Finding {
  if (!memory) return { name: "memory", state: "unknown" };
  const state = `${gigabytes(memory.available)} of ${gigabytes(memory.total)} free`;
  if (memory.available >= 2e9) return { name: "memory", state };
  return { name: "memory", state, advice: "the preset tiny takes some 2 GB: end other programs" };
}

function diskFinding({ disk, library }: MachineFacts): Finding {
  if (!disk) {
    return {
      name: "disk",
      state: "unknown: no folder for the cache",
      advice: "set XDG_CACHE_HOME",
    };
  }
  const state = `${gigabytes(disk.free)} free in ${disk.folder}`;
  if (!("needed" in library) || disk.free >= library.needed) return { name: "disk", state };
  const advice = `fetching TensorFlow takes ${gigabytes(library.needed)} for a while: make room, ` +
    "or set XDG_CACHE_HOME to another disk";
  return { name: "disk", state, advice };
}

function libraryFinding({ library, disk, pip, index }: MachineFacts): Finding {
  const name = "TensorFlow";
  if ("folder" in library) {
    const { folder, version, devices } = library;
    return { name, state: `${version} in ${folder}, runs on ${devices.join(" and ")}` };
  }
  if ("error" in library) {
    return { name, state: library.error, advice: "training goes on without it, on wasm" };
  }
  const state = `not here; ${library.fetch} (${
    gigabytes(library.download)
  }) is fetched at first use`;
  const room = disk !== null && disk.free >= library.needed;
  if (room && pip !== null && index) return { name, state };
  const missing = !room ? "room on the disk" : pip === null ? "pip" : "the network";
  return {
    name,
    state,
    advice: `for that ${missing} is missing; until then training runs on wasm`,
  };
}

function gpuFinding({ gpu, library }: MachineFacts): Finding {
  const name = "NVIDIA";
  if (!gpu) return { name, state: "no GPU, or no driver: CUDA is not used" };
  const state = `${gpu.name}, driver ${gpu.driver}`;
  if (gpu.tooOld) return { name, state, advice: "CUDA 12 needs driver 525 or later: update it" };
  if (!("folder" in library)) return { name, state };
  if (library.devices.includes("GPU")) return { name, state: `${state}: used through CUDA 12` };
  const advice = "unset MUGS_TENSORFLOW and CUDA_VISIBLE_DEVICES if they are set, and see that " +
    "nvidia-smi works";
  return { name, state, advice: gpu.obstacle ?? `TensorFlow does not see it: ${advice}` };
}

function pipFinding({ pip, index, library }: MachineFacts): Finding {
  if (pip === null) {
    if ("folder" in library) return { name: "pip", state: "not here, and not needed" };
    return {
      name: "pip",
      state: "not here: neither a Python on PATH has it, nor is there uv",
      advice: "install Python 3 with pip, to fetch TensorFlow",
    };
  }
  if (index === null) return { name: "pip", state: `${pip}, not needed` };
  if (index) return { name: "pip", state: `${pip}, reaches its index` };
  const advice = "check the network, proxy settings (HTTPS_PROXY) and pip's configuration";
  return { name: "pip", state: `${pip}, does not reach its index`, advice };
}

/** A diagnosis as text: a line for each finding, beneath it what to do. */
export function diagnosisText({ findings, backend }: Diagnosis): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.flatMap(({ name, state, advice }) => [
    `${name.padEnd(width)}  ${state}`,
    ...advice ? [`${" ".repeat(width)}  -> ${advice}`] : [],
  ]);
  const end = backend ? `Training runs here, on ${backend}.` : "Training cannot run here.";
  return `${lines.join("\n")}\n\n${end}\n`;
}
