import { startTensorFlow } from "./backend.ts";
import type { CompilerReports } from "./backend_type.ts";
import type { Binding } from "./binding.ts";
import { chooseDevice } from "./choose_device.ts";
import type { RuntimeConfig } from "./config_proto.ts";
import { install, type Installed, type InstallOptions } from "./install.ts";

/**
 * What the system's loader says about a file that is no library, in contrast to a library that does
 * not fit the system.
 */
const damaged = /ELF|too short|mach-o|truncated/i;

/**
 * Locates TensorFlow's C library, or fetches it, and registers it as the TensorFlow.js backend
 * `tensorflow`. A fetched library that turns out to be damaged is fetched anew, once. It runs on
 * the requested device, else on the first GPU, or on the processor if no GPU can be used.
 *
 * @throws {Error} If it is missing and cannot be fetched, or cannot be loaded, or if the requested
 * device cannot be used: why, and what to do.
 */
export async function load(
  options: Omit<InstallOptions, "device"> & Partial<CompilerReports> = {},
  config: RuntimeConfig = {},
): Promise<Binding> {
  checkPermissions();
  const { log = (line: string) => console.error(line), compiling } = options;
  const open = async (installed: Installed) => {
    const device = await chooseDevice(installed, { requested: config.device, log });
    // Processes that start together would each take the other's mark for that of a dead one.
    using _ = config.cluster ? undefined : installed.opening?.();
    return await startTensorFlow(installed, { ...config, device }, { log, compiling });
  };
  const installed = await install({ ...options, device: config.device });
  try {
    return await open(installed);
  } catch (error) {
    const { message } = error as Error;
    if (!installed.discard || !damaged.test(message)) throw error;
    log(`${message}: fetching it anew`);
    installed.discard();
    return await open(await install({ ...options, device: config.device }));
  }
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
