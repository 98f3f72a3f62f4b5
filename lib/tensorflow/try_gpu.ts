/**
 * Tries the GPU of this machine, in a process that may die of it; `checkGpu` starts it. Its
 * arguments are the folder of TensorFlow's libraries and the device.
 *
 * @module
 */
import { attribute } from "./attribute.ts";
import type { GpuReport } from "./check_gpu.ts";
import { missingCudaLibraries } from "./cuda_libraries.ts";
import { parseDevice } from "./device.ts";
import { dtypes } from "./dtype.ts";
import { Eager } from "./eager.ts";
import { TensorHandle } from "./handle.ts";
import { Library } from "./library.ts";
import { registeredKernels } from "./registered_kernels.ts";

function report(line: GpuReport): void {
  console.log(JSON.stringify(line));
}

/** Multiplies two matrices on the device. */
function multiply(library: Library, name: string): GpuReport {
  const eager = new Eager(library, { device: parseDevice(name) });
  if (!eager.devices.includes("GPU")) return { error: `TensorFlow does not see ${name}` };
  const size = 64;
  const ones = new Float32Array(size * size).fill(1);
  const x = TensorHandle.from(library, [size, size], dtypes.float32, ones);
  const [pointer] = eager.execute("MatMul", [attribute.type("T", dtypes.float32)], [x, x], 1);
  const [value] = TensorHandle.adopt(library, pointer!).read();
  return value === size ? { works: true } : { error: `a product is ${value} instead of ${size}` };
}

function main([folder = "", device = ""]: string[]): void {
  const library = new Library(folder);
  const cuda = registeredKernels(library, "MatMul").some(({ device }) => device === "GPU");
  if (!cuda) return report({ error: `the TensorFlow in ${folder} is built for processors only` });
  const missing = missingCudaLibraries(folder);
  report({ missing });
  if (missing.length === 0) report(multiply(library, device));
}

if (import.meta.main) {
  try {
    main(Deno.args);
  } catch (error) {
    report({ error: (error as Error).message });
  }
  Deno.exit();
}
