import { statfsSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { type Backend, fastPrecision, use } from "../compile/mod.ts";
import {
  bundles,
  checkGpu,
  driverTooOld,
  findGpu,
  findPip,
  load,
  locateLibrary,
  thisMachine,
  userCache,
} from "../tensorflow/mod.ts";
import type { Failure, MachineFacts } from "./diagnosis.ts";

/** The permissions that a task needs. */
const needed = ["read", "write", "env", "run", "ffi", "sys"] as const;

type Permission = typeof needed[number];

/** Looks at this machine. Fetches nothing. */
export async function examineMachine(): Promise<MachineFacts> {
  const denied = needed.filter((name) => Deno.permissions.querySync({ name }).state !== "granted");
  const may = (name: Permission) => !denied.includes(name);
  const gpu = may("env") ? findGpu(thisMachine) : undefined;
  const library = await findLibrary(denied);
  const pip = may("run") && may("env") ? await findPip() : null;
  return {
    deno: Deno.version.deno,
    target: Deno.build.target,
    cores: navigator.hardwareConcurrency,
    precision: fastPrecision(),
    memory: may("sys") ? Deno.systemMemoryInfo() : null,
    disk: diskOf(may("env") ? userCache() : undefined),
    denied,
    gpu: gpu ? { ...gpu, tooOld: driverTooOld(gpu), obstacle: await obstacleIn(library) } : null,
    library,
    pip: pip && `${pip.version} of ${pip.path}`,
    index: pip !== null && "fetch" in library ? await pip.reachesIndex() : null,
    backends: {
      ...("folder" in library && { tensorflow: await tryBackend("tensorflow") }),
      wasm: await tryBackend("wasm"),
      cpu: await tryBackend("cpu"),
    },
    images: await decoderVersion(),
  };
}

/** The library that is here, or what would be fetched. */
async function findLibrary(denied: readonly Permission[]): Promise<MachineFacts["library"]> {
  const missing = denied.filter((name) => ["ffi", "read", "env"].includes(name));
  if (missing.length > 0) {
    return { error: `cannot be loaded without --allow-${missing.join(", --allow-")}` };
  }
  try {
    const located = await locateLibrary();
    if (located) {
      const binding = await load({ folder: located.folder, log() {} });
      const devices = [...new Set(binding.devices)].map((kind) => kind.replace("XLA_", ""));
      return { folder: located.folder, version: binding.TF_Version, devices };
    }
    const [best] = bundles({ target: Deno.build.target, gpu: findGpu(thisMachine) });
    if (!best) return { error: `there is no library for ${Deno.build.target}` };
    return { fetch: best.what, download: best.download, needed: best.needed };
  } catch (error) {
    return failureOf(error);
  }
}

/** Why the library here cannot use the GPU, such as the names of missing libraries; or `null`. */
async function obstacleIn(library: MachineFacts["library"]): Promise<string | null> {
  if (!("folder" in library) || library.devices.includes("GPU")) return null;
  return await checkGpu(library.folder, { device: "gpu:0", timeout: 120_000 });
}

/** Multiplies two matrices. */
async function tryBackend(backend: Backend): Promise<"works" | Failure> {
  try {
    await use(backend, { log() {} });
    const [sum] = tf.tidy(() => tf.matMul(tf.ones([8, 8]), tf.ones([8, 8])).sum().dataSync());
    return sum === 512 ? "works" : { error: `gives ${sum} where 512 is right` };
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): Failure {
  return { error: error instanceof Error ? error.message : String(error) };
}

/** The version of the image decoder, which is native code. */
async function decoderVersion(): Promise<string | Failure> {
  try {
    const { default: sharp } = await import("sharp");
    return (sharp as unknown as { versions: { sharp: string } }).versions.sharp;
  } catch {
    return { error: `their decoder cannot be loaded on ${Deno.build.target}` };
  }
}

/** The free bytes where a folder is or would be made. */
function diskOf(folder: string | undefined): MachineFacts["disk"] {
  for (let at = folder; at; at = at.slice(0, at.lastIndexOf("/"))) {
    try {
      const { bavail, bsize } = statfsSync(at);
      return { folder: folder!, free: Number(bavail) * Number(bsize) };
    } catch {
      // not made yet: its parent lies on the same disk
    }
  }
  return null;
}
