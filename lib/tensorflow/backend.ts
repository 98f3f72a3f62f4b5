import util from "node:util";
import * as tf from "@tensorflow/tfjs";
import { abilitiesOf } from "./abilities.ts";
import type { CompilerReports, NodeBackend } from "./backend_type.ts";
import { Binding } from "./binding.ts";
import type { RuntimeConfig } from "./config_proto.ts";
import { gpuNumber } from "./device.ts";
import { type Installed, userCache } from "./install.ts";
import { registerKernels } from "./kernels.ts";
import { Library } from "./library.ts";
import { thisMachine } from "./machine.ts";
import { runningOperations } from "./running.ts";
import { type BackendClass, tracingBackend } from "./tracing_backend.ts";
import { keepPrograms } from "./xla_cache.ts";

/** What TensorFlow reads from the environment as it is loaded, unless the user has set it. */
const environment = {
  TF_CPP_MIN_LOG_LEVEL: "2", // errors only
  // By default TensorFlow uses oneDNN's kernels only on processors with AVX-512; they are faster on
  // older ones, too.
  TF_ENABLE_ONEDNN_OPTS: "1",
};

/**
 * Opens TensorFlow and registers it as the TensorFlow.js backend `tensorflow`; does not choose it.
 *
 * @throws {Error} If the libraries cannot be loaded or TensorFlow does not start.
 */
export async function startTensorFlow(
  { folder, gpu }: Pick<Installed, "folder" | "gpu">,
  config: RuntimeConfig = {},
  reports: CompilerReports = { log() {} },
): Promise<Binding> {
  for (const [name, value] of Object.entries(environment)) {
    if (Deno.env.get(name) === undefined) Deno.env.set(name, value);
  }
  const onGpu = gpuNumber(config.device ?? "cpu") !== undefined;
  // XLA has no collective operations.
  const { compiler = onGpu && !config.cluster ? "xla" : "graph", deterministic = false } = config;
  const library = new Library(folder);
  library.requireDeterminism(deterministic);
  if (compiler === "xla") {
    keepPrograms(library, { cache: userCache(), gpu: onGpu ? gpu : undefined, probe: thisMachine });
  }
  const binding = new Binding(library, config, () => runningOperations().at(-1));
  const abilities = abilitiesOf(binding, gpu);
  const facts = { binding, abilities, compiler, reports };
  const Backend = tracingBackend(await nodeBackendClass(), facts);
  registerKernels(binding, abilities);
  if (tf.findBackendFactory("tensorflow")) tf.removeBackend("tensorflow");
  const priority = 4;
  tf.registerBackend("tensorflow", () => new Backend(binding, "tfjs-node-gpu"), priority);
  return binding;
}

/**
 * Imports the backend and the kernels of tfjs-node. They expect two functions that Node.js has
 * removed from `node:util`.
 */
async function nodeBackendClass(): Promise<BackendClass<NodeBackend>> {
  const legacy = util as unknown as Record<string, unknown>;
  legacy.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  legacy.isArray ??= Array.isArray;
  const { NodeJSKernelBackend } = await import(
    "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js"
  );
  await import("@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js");
  return NodeJSKernelBackend as unknown as BackendClass<NodeBackend>;
}
