import { type Bundle, forNvidia, forProcessor } from "./wheels.ts";

/** An NVIDIA GPU as its driver tells of it. */
export type Gpu = { name: string; driver: string };

/** What decides which library fits. */
export type Machine = {
  /** As `Deno.build.target`. */
  target: string;
  gpu?: Gpu;
};

/** What is asked of the system to find a GPU; tests answer in its place. */
export type Probe = {
  /** What a program prints, or `null` where it fails or is not there. */
  run(program: string, args: string[]): string | null;
  /** The environment variable `CUDA_VISIBLE_DEVICES`. */
  visible?: string;
};

/** The oldest driver on which CUDA 12 runs (NVIDIA's table of minor version compatibility). */
export const oldestDriver = 525;

/**
 * The first NVIDIA GPU: by `nvidia-smi`, or where that is not installed by what the driver itself tells. None is seen where
 * `CUDA_VISIBLE_DEVICES` hides them all.
 */
export function findGpu({ run, visible }: Probe): Gpu | undefined {
  if (visible !== undefined && /^(-1.*)?$/.test(visible.trim())) return undefined;
  const told = run("nvidia-smi", ["--query-gpu=name,driver_version", "--format=csv,noheader"]);
  const [, name, driver] = told?.match(/^(.+), *(\d+[\d.]*)/m) ?? [];
  if (name) return { name: name.trim(), driver };
  // Deno itself may read /proc only with all permissions; another program may.
  const module = run("cat", ["/proc/driver/nvidia/version"])?.match(/Module.*? (\d+\.[\d.]+)/);
  return module ? { name: "NVIDIA GPU", driver: module[1] } : undefined;
}

/** The libraries that fit a machine, the best first; none where there is none to fetch. */
export function bundles({ target, gpu }: Machine): Bundle[] {
  const cuda = gpu && !driverTooOld(gpu) ? forNvidia[target] : undefined;
  return [cuda, forProcessor[target]].filter((bundle) => bundle !== undefined);
}

/** Whether a GPU's driver does not know CUDA 12. */
export function driverTooOld({ driver }: Gpu): boolean {
  return parseInt(driver) < oldestDriver;
}

/** What became of a GPU that was found, in one line. */
export function gpuLine(gpu: Gpu, used: boolean): string {
  const found = `Found ${gpu.name} (driver ${gpu.driver})`;
  if (used) return `${found}: TensorFlow runs on it`;
  if (driverTooOld(gpu)) {
    return `${found}, too old for CUDA 12: TensorFlow runs on the processor; install driver ${oldestDriver} or later`;
  }
  return `${found}, but TensorFlow cannot use it and runs on the processor; deno task doctor tells more`;
}

/** Asks this machine. */
export const thisMachine: Probe = {
  run(program, args) {
    try {
      const { success, stdout } = new Deno.Command(program, {
        args,
        stdin: "null",
        stderr: "null",
      }).outputSync();
      return success ? new TextDecoder().decode(stdout) : null;
    } catch {
      return null; // not there, or not permitted
    }
  },
  get visible() {
    return Deno.env.get("CUDA_VISIBLE_DEVICES");
  },
};
