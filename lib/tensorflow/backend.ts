import util from "node:util";
import * as tf from "@tensorflow/tfjs";
import { Binding } from "./binding.ts";
import type { NodeBackend } from "./backend_type.ts";
import type { RuntimeConfig } from "./config_proto.ts";
import { Library } from "./library.ts";
import type { NodeTime } from "./session.ts";
import type { Executor, TracedFunction, TraceOptions } from "./trace.ts";

/** What TensorFlow reads from the environment as it is loaded, where the user has not said otherwise. */
const environment = {
  TF_CPP_MIN_LOG_LEVEL: "2", // quiet but for errors
  // By itself it takes oneDNN's kernels for processors with AVX-512 only; they are faster on older ones, too.
  TF_ENABLE_ONEDNN_OPTS: "1",
};

/** Elements from which on a tensor's values move to TensorFlow at once. */
const large = 1 << 16;

/** Operations of TensorFlow.js that draw random numbers: recorded, they would give the same numbers at every call. */
const randomOperations =
  /^(random|truncatedNormal|multinomial|dropout|rand$|randomUniformInt|stochastic)/;

/**
 * Opens TensorFlow and registers it as the TensorFlow.js backend `tensorflow`; does not choose it.
 *
 * @param folder Holds the two libraries.
 */
export async function start(folder: string, config: RuntimeConfig = {}): Promise<Binding> {
  for (const [name, value] of Object.entries(environment)) {
    if (Deno.env.get(name) === undefined) Deno.env.set(name, value);
  }
  const binding = new Binding(new Library(folder), config, () => running().at(-1));
  const Backend = await nodeBackendClass(binding);

  class WithTracing extends Backend {
    override write(
      values: tf.backend_util.BackendValues,
      shape: number[],
      dtype: tf.DataType,
    ): object {
      if (binding.tracing) refuseRandom();
      const dataId = super.write(values, shape, dtype);
      // Otherwise the values stay in an array until the tensor is used: a state would be in memory twice.
      if (values.length >= large && !binding.tracing) {
        this.getInputTensorIds([{ dataId, shape, dtype } as tf.TensorInfo]);
      }
      return dataId;
    }

    trace(
      name: string,
      inputs: readonly tf.Tensor[],
      f: (inputs: tf.Tensor[]) => tf.Tensor[],
      options?: TraceOptions,
    ): TracedFunction {
      const parameters = inputs.map((t) => ({ shape: t.shape, dtype: this.#dtype(t) }));
      return binding.trace(name, parameters, (ids) => {
        let results: number[] = [];
        tf.tidy(() => {
          const traced = ids.map((id, i) => this.createOutputTensor({ id, ...parameters[i] }));
          results = this.getInputTensorIds(f(traced).map((t) => this.#value(t)));
        });
        return results;
      }, options);
    }

    after<T extends tf.Tensor>(x: T, others: readonly tf.Tensor[]): T {
      if (!binding.tracing) return x.clone();
      const [id, ...before] = this.getInputTensorIds([x, ...others]);
      return this.createOutputTensor(binding.after(id, before)) as T;
    }

    call(traced: TracedFunction, inputs: readonly tf.Tensor[], executor: Executor): tf.Tensor[] {
      return binding.call(traced, this.getInputTensorIds([...inputs]), executor)
        .map((metadata) => this.createOutputTensor(metadata));
    }

    profile(traced: TracedFunction, inputs: readonly tf.Tensor[]): NodeTime[] {
      return binding.profile(traced, this.getInputTensorIds([...inputs]));
    }

    /**
     * A value of the graph even where the result is an argument or a constant: a function cannot hand back its
     * arguments as they are, and a constant is disposed of with the scope of the trace.
     */
    #value(result: tf.Tensor): tf.Tensor {
      return this.executeSingleOutput("Identity", [
        { name: "T", type: binding.TF_ATTR_TYPE, value: this.#dtype(result) },
      ], [result]);
    }

    #dtype(tensor: tf.Tensor): number {
      const { TF_FLOAT: float32, TF_INT32: int32, TF_BOOL: bool, TF_COMPLEX64: complex64 } =
        binding;
      const dtype = ({ float32, int32, bool, complex64 } as Record<string, number>)[tensor.dtype];
      if (dtype !== undefined) return dtype;
      throw new TypeError(`Cannot pass a tensor of ${tensor.dtype} to a compiled function`);
    }
  }

  if (tf.findBackendFactory("tensorflow")) tf.removeBackend("tensorflow");
  tf.registerBackend(
    "tensorflow",
    () => new WithTracing(binding, "tfjs-node-gpu") as NodeBackend,
    4,
  );
  return binding;
}

/** Imports tfjs-node's backend and kernels; they expect two functions that Node.js has dropped from `node:util`. */
async function nodeBackendClass(binding: Binding) {
  const old = util as unknown as Record<string, unknown>;
  old.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  old.isArray ??= Array.isArray;
  const { NodeJSKernelBackend } = await import(
    "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js"
  );
  await import("@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js");
  const { replaceKernels } = await import("./kernels.ts");
  replaceKernels(binding);
  return NodeJSKernelBackend as unknown as new (binding: Binding, name: string) => NodeBackend;
}

/** The names of the TensorFlow.js operations that are running, outermost first. */
function running(): string[] {
  // TensorFlow.js opens a scope named `<operation>__op` around every operation.
  const { scopeStack } = tf.engine().state as unknown as { scopeStack: { name: string }[] };
  return scopeStack.map(({ name }) => name)
    .filter((name) => name.endsWith("__op"))
    .map((name) => name.slice(0, -"__op".length));
}

function refuseRandom(): void {
  const name = running().find((name) => randomOperations.test(name));
  if (!name) return;
  throw new TypeError(
    `Cannot use tf.${name} inside compile(): its numbers would be drawn once and then be the ` +
      `same at every call; draw them outside and pass them in as an argument`,
  );
}
