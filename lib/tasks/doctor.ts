import { statfsSync } from "node:fs";
import type { Backend } from "../compile/mod.ts";
import { common, flagsOnly, type Given, print, task } from "../cli/mod.ts";
import { diagnose, type Facts, told } from "../jobs/mod.ts";

const manual = {
  usage: "doctor [--json]",
  about:
    "Looks at this machine, and says what is missing and what to do about it. Fetches nothing.",
  flags: { json: common.json },
  config: false,
} as const;

function prepare({ words, values }: Given): { json: boolean } {
  flagsOnly("doctor", words);
  return { json: values.json === true };
}

async function run({ json }: { json: boolean }): Promise<void> {
  const facts = await gather();
  const diagnosis = diagnose(facts);
  print(json ? JSON.stringify({ ...diagnosis, facts }) + "\n" : told(diagnosis));
  if (!diagnosis.backend) throw new Error("Training cannot run on this machine: see above");
}

const message = (error: unknown) => error instanceof Error ? error.message : String(error);

/** Asks this machine. */
async function gather(): Promise<Facts> {
  const { driverTooOld, findGpu, thisMachine, userCache } = await import("../tensorflow/mod.ts");
  const { fastPrecision } = await import("../compile/mod.ts");
  const needed = ["read", "write", "env", "run", "ffi", "sys"] as const;
  const denied = needed.filter((name) => Deno.permissions.querySync({ name }).state !== "granted");
  const may = (name: typeof needed[number]) => !denied.includes(name);
  const gpu = may("env") ? findGpu(thisMachine) : undefined;
  const library = await libraryHere(may);
  const pip = await output("python3", ["-m", "pip", "--version"]);
  return {
    deno: Deno.version.deno,
    target: Deno.build.target,
    cores: navigator.hardwareConcurrency,
    precision: fastPrecision(),
    memory: may("sys") ? Deno.systemMemoryInfo() : null,
    disk: diskOf(may("env") ? userCache() : undefined),
    denied,
    gpu: gpu ? { ...gpu, tooOld: driverTooOld(gpu) } : null,
    library,
    pip: pip?.match(/^pip \S+/)?.[0] ?? null,
    index: pip !== null && "fetch" in library ? await reachesIndex() : null,
    backends: {
      ...("folder" in library && { tensorflow: await tries("tensorflow") }),
      wasm: await tries("wasm"),
      cpu: await tries("cpu"),
    },
    images: await import("sharp").then(
      ({ default: sharp }) => (sharp as unknown as { versions: { sharp: string } }).versions.sharp,
      () => ({ error: `their decoder cannot be loaded on ${Deno.build.target}` }),
    ),
  };
}

/** The library that is here, or what would be fetched. */
async function libraryHere(may: (name: "ffi" | "read" | "env") => boolean) {
  const { bundles, findGpu, load, locateLibrary, thisMachine } = await import(
    "../tensorflow/mod.ts"
  );
  const denied = (["ffi", "read", "env"] as const).filter((name) => !may(name));
  if (denied.length) {
    return { error: `cannot be loaded without --allow-${denied.join(", --allow-")}` };
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
    return { error: message(error) };
  }
}

/** Multiplies two matrices. */
async function tries(backend: Backend): Promise<"works" | { error: string }> {
  try {
    const { use } = await import("../compile/mod.ts");
    const tf = await import("@tensorflow/tfjs");
    await use(backend, { log() {} });
    const [sum] = tf.matMul(tf.ones([8, 8]), tf.ones([8, 8])).sum().dataSync();
    return sum === 512 ? "works" : { error: `gives ${sum} where 512 is right` };
  } catch (error) {
    return { error: message(error) };
  }
}

/** The free bytes where a folder is or would be made. */
function diskOf(folder: string | undefined): Facts["disk"] {
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

/** Asks pip for the versions of a small package: that goes through its own settings for mirrors and proxies. */
async function reachesIndex(): Promise<boolean> {
  // deno-fmt-ignore
  const args = [
    "-m", "pip", "index", "versions", "pip", "--disable-pip-version-check", "--no-input",
    "--retries", "0", "--timeout", "10",
  ];
  return await output("python3", args) !== null;
}

/** What a program prints, or `null` where it fails or is not there. */
async function output(program: string, args: string[]): Promise<string | null> {
  try {
    const { success, stdout } = await new Deno.Command(program, {
      args,
      stdin: "null",
      stderr: "null",
    }).output();
    return success ? new TextDecoder().decode(stdout) : null;
  } catch {
    return null;
  }
}

if (import.meta.main) await task(manual, prepare, run);
