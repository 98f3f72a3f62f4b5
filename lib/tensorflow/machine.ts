import { forNvidia, forProcessor, type WheelBundle } from "./wheels.ts";

/** An NVIDIA GPU as its driver describes it. */
export type Gpu = {
  name: string;
  driver: string;
  /** Its compute capability, such as 9.0; absent where `nvidia-smi` does not tell it. */
  capability?: number;
  /** Bytes of its memory; absent where `nvidia-smi` does not tell them. */
  memory?: number;
};

/** The facts that decide which library fits. */
export type Machine = {
  /** As `Deno.build.target`. */
  target: string;
  gpu?: Gpu;
};

/** How the system is asked about a GPU; tests answer in its place. */
export type Probe = {
  /** What a program prints; `null` if it fails or does not exist. */
  run(program: string, args: string[]): string | null;
  /** The environment variable `CUDA_VISIBLE_DEVICES`. */
  visible?: string;
};

/** The oldest driver that supports CUDA 12 (NVIDIA's table of minor version compatibility). */
export const oldestDriver = 525;

/**
 * The first NVIDIA GPU: according to `nvidia-smi` or, where that is not installed, to the driver
 * itself. There is none if `CUDA_VISIBLE_DEVICES` hides them all.
 */
export function findGpu({ run, visible }: Probe): Gpu | undefined {
  if (visible !== undefined && /^(-1.*)?$/.test(visible.trim())) return undefined;
  const query = (fields: string) =>
    run("nvidia-smi", [`--query-gpu=${fields}`, "--format=csv,noheader"]);
  // Old versions of nvidia-smi refuse the question for the compute capability.
  const fields = "name,driver_version";
  const table = query(`${fields},compute_cap,memory.total`) ?? query(fields);
  const row = /^(.+?), *(\d+[\d.]*)(?:, *(\d+\.\d+))?(?:, *(\d+) MiB)?/m;
  const [, name, driver, capability, mebibytes] = table?.match(row) ?? [];
  if (name && driver) {
    return {
      ...{ name: name.trim(), driver },
      ...capability && { capability: Number(capability) },
      ...mebibytes && { memory: Number(mebibytes) * 2 ** 20 },
    };
  }
  // Deno itself may read /proc only with all permissions; another program may.
  const version = run("cat", ["/proc/driver/nvidia/version"]);
  const [, kernelModule] = version?.match(/Module.*? (\d+\.[\d.]+)/) ?? [];
  return kernelModule ? { name: "NVIDIA GPU", driver: kernelModule } : undefined;
}

/** The newest compute capability for which the pinned library has machine code (`sm_90`). */
export const newestCapability = 9;

/** The libraries that fit a machine, the best first; empty if none can be fetched. */
export function bundles({ target, gpu }: Machine): WheelBundle[] {
  const cuda = gpu && !driverTooOld(gpu) ? forNvidia[target] : undefined;
  return [cuda, forProcessor[target]].filter((bundle) => bundle !== undefined);
}

/** Whether a GPU's driver does not support CUDA 12. */
export function driverTooOld({ driver }: Gpu): boolean {
  return parseInt(driver) < oldestDriver;
}

/** The machine on which this program runs. */
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
      return null; // it does not exist, or may not be run
    }
  },
  get visible() {
    return Deno.env.get("CUDA_VISIBLE_DEVICES");
  },
};
