import { checkGpu } from "./check_gpu.ts";
import { type Device, gpuNumber } from "./device.ts";
import { type GpuMemory, gpuMemory, memoryObstacle, memoryRemark } from "./gpu_memory.ts";
import type { Installed } from "./install.ts";
import { driverTooOld, type Gpu, newestCapability, oldestDriver, thisMachine } from "./machine.ts";

/** How the device is chosen. */
export type DeviceChoice = {
  /** The device that the user names; by default the first GPU if it can be used. */
  requested?: Device;
  /** Receives messages about the GPU, one line at a time. */
  log: (line: string) => void;
  /** Says why a GPU cannot be used, or `null`. */
  check?: typeof checkGpu;
  /** Tells the memory of the GPU with a number. */
  memory?: (number: number) => GpuMemory | undefined;
};

/**
 * The device that runs operations: the requested one, else the first GPU, else the processor. A GPU
 * is tried out in another process first, since TensorFlow aborts its own where it has a driver and
 * lacks CUDA's libraries.
 *
 * @throws {Error} If a GPU is requested and cannot be used: why.
 */
export async function chooseDevice(
  { folder, gpu }: Pick<Installed, "folder" | "gpu">,
  {
    requested,
    log,
    check = checkGpu,
    memory = (number) => gpuMemory(number, thisMachine),
  }: DeviceChoice,
): Promise<Device> {
  if (requested && gpuNumber(requested) === undefined) return requested;
  if (!requested && !gpu) return "cpu";
  const device = requested ?? "gpu:0";
  const inUse = gpu && memory(gpuNumber(device)!);
  const reason = memoryObstacle(inUse) ?? await obstacle({ folder, gpu, device }, { log, check });
  if (gpu && !reason) {
    log(`${title(gpu)}: TensorFlow runs on it${memoryRemark(inUse)}`);
    return device;
  }
  if (requested) throw new Error(`Cannot use the device ${requested}: ${reason}`);
  log(`${title(gpu!)}, but ${reason}; TensorFlow runs on the processor`);
  return "cpu";
}

/** Why the GPU cannot be used, and what to do; `null` if it can. */
async function obstacle(
  { folder, gpu, device }: { folder: string; gpu?: Gpu; device: Device },
  { log, check }: Required<Pick<DeviceChoice, "log" | "check">>,
): Promise<string | null> {
  if (!gpu) {
    return "this machine has no NVIDIA GPU or no driver for it, or CUDA_VISIBLE_DEVICES hides it";
  }
  if (driverTooOld(gpu)) {
    return `this driver is too old for CUDA 12: install driver ${oldestDriver} or later`;
  }
  const compiles = (gpu.capability ?? 0) > newestCapability;
  if (compiles) log(`${title(gpu)}: newer than TensorFlow, whose first start compiles for minutes`);
  const minutes = compiles ? 30 : 2;
  return await check(folder, { device, timeout: minutes * 60_000 });
}

function title({ name, driver }: Gpu): string {
  return `Found ${name} (driver ${driver})`;
}
