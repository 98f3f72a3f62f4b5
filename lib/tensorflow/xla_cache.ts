import { createHash } from "node:crypto";
import type { Library } from "./library.ts";
import type { Gpu, Probe } from "./machine.ts";

/** Where XLA keeps its programs, and for which machine. */
export type XlaCacheOptions = {
  /** The user's cache; without one nothing is kept. */
  cache: string | undefined;
  /** The GPU that runs the programs; absent for a processor. */
  gpu?: Gpu;
  probe: Probe;
};

/**
 * Has XLA keep the programs that it compiles, and use them in later processes. It reads the setting
 * when the first context is opened. One that the user has made (`TF_XLA_FLAGS`) stays.
 */
export function keepPrograms(library: Library, options: XlaCacheOptions): void {
  const folder = xlaCache(library, options);
  const flags = Deno.env.get("TF_XLA_FLAGS") ?? "";
  if (folder === undefined || flags.includes("persistent_cache_directory")) return;
  Deno.env.set("TF_XLA_FLAGS", `${flags} --tf_xla_persistent_cache_directory=${folder}`.trim());
}

/**
 * A folder for the programs of one version of TensorFlow, one device and one setting: a program
 * does not say itself for which it was compiled.
 */
export function xlaCache(
  { version, isDeterministic }: Pick<Library, "version" | "isDeterministic">,
  { cache, gpu, probe }: XlaCacheOptions,
): string | undefined {
  if (cache === undefined) return undefined;
  const device = gpu ? `${gpu.name}/${gpu.driver}` : processorOf(probe);
  const setting = `${Deno.build.target}/${device}/${isDeterministic}`;
  const digest = createHash("sha256").update(setting).digest("hex").slice(0, 12);
  return `${cache}/xla-${version}-${digest}`;
}

/** The model of the processor and its instructions, as far as the system tells them. */
function processorOf({ run }: Probe): string {
  const description = run("cat", ["/proc/cpuinfo"]) ?? "";
  return [/^model name.*$/m, /^flags.*$/m].map((line) => line.exec(description)?.[0]).join();
}
