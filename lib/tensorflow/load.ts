import { startTensorFlow } from "./backend.ts";
import type { Binding } from "./binding.ts";
import type { RuntimeConfig } from "./config_proto.ts";
import { install, type Installed, type InstallOptions } from "./install.ts";
import { gpuLine } from "./machine.ts";

/**
 * What the system's loader says about a file that is no library, in contrast to a library that does
 * not fit the system.
 */
const damaged = /ELF|too short|mach-o|truncated/i;

/**
 * Locates TensorFlow's C library, or fetches it, and registers it as the TensorFlow.js backend
 * `tensorflow`. A fetched library that turns out to be damaged is fetched anew, once.
 *
 * @throws {Error} If it is missing and cannot be fetched, or cannot be loaded: why, and what to do.
 */
export async function load(options: InstallOptions = {}, config?: RuntimeConfig): Promise<Binding> {
  checkPermissions();
  const { log = (line: string) => console.error(line) } = options;
  let installed = await install(options);
  let binding: Binding;
  try {
    binding = await open(installed, config);
  } catch (error) {
    const { message } = error as Error;
    if (!installed.discard || !damaged.test(message)) throw error;
    log(`${message}: fetching it anew`);
    installed.discard();
    installed = await install(options);
    binding = await open(installed, config);
  }
  if (installed.gpu) log(gpuLine(installed.gpu, binding.isUsingGpuDevice()));
  return binding;
}

async function open(installed: Installed, config?: RuntimeConfig): Promise<Binding> {
  using _ = installed.opening?.();
  return await startTensorFlow(installed, config);
}

/** Checked before anything is fetched, and without a prompt to the user. */
function checkPermissions(): void {
  const missing = (["ffi", "read", "env"] as const)
    .filter((name) => Deno.permissions.querySync({ name }).state !== "granted");
  if (missing.length === 0) return;
  const flags = missing.map((name) => `--allow-${name}`).join(" ");
  throw new Error(
    `Cannot call TensorFlow's C library: Deno was not given ${flags}; start the program ` +
      `by deno task, or with these flags`,
  );
}
