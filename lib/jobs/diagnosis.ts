import type { Backend } from "../compile/mod.ts";

/** What is known of a machine; an error stands as text where something could not be had. */
export type Facts = {
  deno: string;
  target: string;
  cores: number;
  precision: string;
  /** Bytes; `null` where they cannot be asked for. */
  memory: { total: number; available: number } | null;
  disk: { folder: string; free: number } | null;
  /** Permissions that Deno was not given, of those that a task needs. */
  denied: string[];
  gpu: { name: string; driver: string; tooOld: boolean } | null;
  /** The library that is there, with what it sees; or what would be fetched; or why neither. */
  library:
    | { folder: string; version: string; devices: string[] }
    | { fetch: string; download: number; needed: number }
    | { error: string };
  /** The version of pip; `null` where it cannot be run. */
  pip: string | null;
  /** Whether pip reaches its index; `null` where it was not asked. */
  index: boolean | null;
  /** The backends that multiplied two matrices here, and why the others did not. */
  backends: Partial<Record<Backend, "works" | { error: string }>>;
  /** The version of the image decoder. */
  images: string | { error: string };
};

/** One thing that was looked at: what was found, and what to do if it is not as it should be. */
export type Finding = { name: string; found: string; advice?: string };

/** All findings, and on what training runs: `null` if it cannot. */
export type Diagnosis = { findings: Finding[]; backend: Backend | null };

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

/** What facts mean. */
export function diagnose(facts: Facts): Diagnosis {
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
      { name: "Deno", found: `${deno} for ${target}` },
      {
        name: "permissions",
        found: denied.length ? `without ${denied.join(", ")}` : "all that are needed",
        ...denied.length && { advice: "start the program by deno task, which gives them" },
      },
      { name: "processor", found: `${cores} cores, matrices fastest in ${precision}` },
      memoryFinding(facts),
      diskFinding(facts),
      library,
      gpuFinding(facts),
      pipFinding(facts),
      ...(["wasm", "cpu"] as const).map((name): Finding => {
        const state = facts.backends[name];
        if (state === "works") return { name, found: "works" };
        return { name, found: state?.error ?? "was not tried" };
      }),
      typeof facts.images === "string"
        ? { name: "images", found: `sharp ${facts.images} decodes them` }
        : {
          name: "images",
          found: facts.images.error,
          advice: "training without --data, on images that are drawn, needs no decoder",
        },
    ],
    backend,
  };
}

function memoryFinding({ memory }: Facts): Finding {
  if (!memory) return { name: "memory", found: "unknown" };
  const found = `${gigabytes(memory.available)} of ${gigabytes(memory.total)} free`;
  if (memory.available >= 2e9) return { name: "memory", found };
  return { name: "memory", found, advice: "the preset tiny takes some 2 GB: end other programs" };
}

function diskFinding({ disk, library }: Facts): Finding {
  if (!disk) return { name: "disk", found: "unknown: no folder for the cache", advice: "set HOME" };
  const found = `${gigabytes(disk.free)} free in ${disk.folder}`;
  if (!("needed" in library) || disk.free >= library.needed) return { name: "disk", found };
  const advice = `fetching TensorFlow takes ${gigabytes(library.needed)} for a while: make room, ` +
    "or set XDG_CACHE_HOME to another disk";
  return { name: "disk", found, advice };
}

function libraryFinding({ library, disk, pip, index }: Facts): Finding {
  const name = "TensorFlow";
  if ("folder" in library) {
    const { folder, version, devices } = library;
    return { name, found: `${version} in ${folder}, runs on ${devices.join(" and ")}` };
  }
  if ("error" in library) {
    return { name, found: library.error, advice: "training goes on without it, on wasm" };
  }
  const found = `not here; ${library.fetch} (${
    gigabytes(library.download)
  }) is fetched at first use`;
  const room = disk !== null && disk.free >= library.needed;
  if (room && pip !== null && index) return { name, found };
  const missing = !room ? "room on the disk" : pip === null ? "pip" : "the network";
  return {
    name,
    found,
    advice: `for that ${missing} is missing; until then training runs on wasm`,
  };
}

function gpuFinding({ gpu, library }: Facts): Finding {
  const name = "NVIDIA";
  if (!gpu) return { name, found: "no GPU, or no driver: CUDA is not used" };
  const found = `${gpu.name}, driver ${gpu.driver}`;
  if (gpu.tooOld) return { name, found, advice: "CUDA 12 needs driver 525 or later: update it" };
  if (!("folder" in library)) return { name, found };
  if (library.devices.includes("GPU")) return { name, found: `${found}: used through CUDA 12` };
  const advice = "TensorFlow does not see it: unset MUGS_TENSORFLOW and CUDA_VISIBLE_DEVICES if " +
    "they are set, and see that nvidia-smi works";
  return { name, found, advice };
}

function pipFinding({ pip, index, library }: Facts): Finding {
  if (pip === null) {
    if ("folder" in library) return { name: "pip", found: "not here, and not needed" };
    return {
      name: "pip",
      found: "not here",
      advice: "install Python 3 with pip, to fetch TensorFlow",
    };
  }
  if (index === null) return { name: "pip", found: `${pip}, not needed` };
  if (index) return { name: "pip", found: `${pip}, reaches its index` };
  const advice = "check the network, proxy settings (HTTPS_PROXY) and pip's configuration";
  return { name: "pip", found: `${pip}, does not reach its index`, advice };
}

/** A diagnosis as text: a line for each finding, beneath it what to do. */
export function told({ findings, backend }: Diagnosis): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.flatMap(({ name, found, advice }) => [
    `${name.padEnd(width)}  ${found}`,
    ...advice ? [`${" ".repeat(width)}  -> ${advice}`] : [],
  ]);
  const end = backend ? `Training runs here, on ${backend}.` : "Training cannot run here.";
  return `${lines.join("\n")}\n\n${end}\n`;
}
