import type { Device } from "./device.ts";

/** What the process that tries a GPU prints, a line of JSON each: the last one counts. */
export type GpuReport = { missing: string[] } | { error: string } | { works: true };

/** How a GPU is tried. */
export type GpuCheckOptions = {
  device: Device;
  /** Milliseconds after which the process is ended. */
  timeout: number;
  /** The program that tries it. */
  program?: URL;
};

/**
 * Tries a GPU in another process, which may die of it: looks for CUDA's libraries and multiplies
 * two matrices.
 *
 * @param folder Holds the two libraries of TensorFlow.
 * @returns Why it cannot be used, and what to do; `null` if it can.
 */
export async function checkGpu(
  folder: string,
  { device, timeout, program = new URL("./try_gpu.ts", import.meta.url) }: GpuCheckOptions,
): Promise<string | null> {
  // deno-fmt-ignore
  const args = [
    "run", "--quiet", "--no-check", "--no-config", "--no-lock", "--no-prompt",
    "--allow-ffi", "--allow-read", "--allow-env", program.href, folder, device,
  ];
  const { success, signal, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    stdin: "null",
    signal: AbortSignal.timeout(timeout),
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  const report = lastReport(decode(stdout));
  if (report && "missing" in report && report.missing.length) {
    return `${report.missing.join(", ")} cannot be loaded: install NVIDIA's packages beside ` +
      `TensorFlow (pip install tensorflow[and-cuda]), or unset MUGS_TENSORFLOW`;
  }
  if (report && "error" in report) return report.error;
  if (success && report && "works" in report) return null;
  return signal === "SIGTERM" || signal === "SIGKILL"
    ? `TensorFlow does not start on it within ${timeout / 1000} seconds`
    : `TensorFlow dies of it (${causeOf(decode(stderr)) ?? signal ?? "without a message"})`;
}

function lastReport(output: string): GpuReport | undefined {
  try {
    return JSON.parse(output.split("\n").at(-1) ?? "");
  } catch {
    return undefined;
  }
}

/** The message of the exception that ended a process of C++, else its last line. */
function causeOf(output: string): string | undefined {
  const exception = /what\(\):\s*(.*)/.exec(output)?.[1];
  return exception ?? (output.split("\n").at(-1) || undefined);
}
