import * as tf from "@tensorflow/tfjs";
import { attribute } from "./attribute.ts";
import type { NodeBackend, TensorFlowBackend } from "./backend_type.ts";
import type { Binding, Metadata } from "./binding.ts";
import { dtypes } from "./dtype.ts";
import { cast } from "./fused_mat_mul.ts";
import { onlyRounded } from "./only_rounded.ts";
import { isFloat } from "./rounded.ts";
import { refuseRandom } from "./running.ts";
import type { NodeTime } from "./session.ts";
import type { Executor, TracedFunction, TraceOptions } from "./trace.ts";

/** Elements from which on a tensor's values move to TensorFlow at once. */
const large = 1 << 16;

/** A class of backends as tfjs-node constructs them. */
export type BackendClass<B> = new (binding: Binding, name: string) => B;

/** The backend class of tfjs-node with what records functions and runs them. */
export function tracingBackend(
  Backend: BackendClass<NodeBackend>,
  { binding, ...facts }:
    & { binding: Binding }
    & Pick<TensorFlowBackend, "abilities" | "compiler" | "reports">,
): BackendClass<TensorFlowBackend> {
  return class extends Backend {
    readonly abilities = facts.abilities;
    readonly compiler = facts.compiler;
    readonly reports = facts.reports;

    override write(
      values: tf.backend_util.BackendValues,
      shape: number[],
      dtype: tf.DataType,
    ): object {
      if (binding.tracing) refuseRandom();
      const dataId = super.write(values, shape, dtype);
      // Otherwise the array is kept until the tensor is used: a state would be in memory twice.
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
      const parameters = inputs.map((t, i) => ({
        shape: t.shape,
        dtype: options?.rounded?.has(i) ? dtypes.bfloat16 : dtypeOf(t, binding),
      }));
      return binding.trace(name, parameters, (metadata) => {
        let results: number[] = [];
        tf.tidy(() => {
          const traced = metadata.map((value) => this.#asFloat(value));
          results = this.getInputTensorIds(f(traced).map((t) => this.#value(t)));
        });
        return results;
      }, options);
    }

    after<T extends tf.Tensor>(x: T, others: readonly tf.Tensor[]): T {
      if (!binding.tracing) return x.clone();
      const [id, ...before] = this.getInputTensorIds([x, ...others]) as [number, ...number[]];
      return this.createOutputTensor(binding.after(id, before)) as T;
    }

    onlyRounded({ recorded }: TracedFunction): ReadonlySet<number> {
      return onlyRounded(recorded);
    }

    round(x: tf.Tensor): tf.Tensor {
      const [id] = this.getInputTensorIds([x]) as [number];
      return this.#asFloat(cast(binding, id, [dtypes.float32, dtypes.bfloat16]));
    }

    call(traced: TracedFunction, inputs: readonly tf.Tensor[], executor: Executor): tf.Tensor[] {
      return binding.call(traced, this.getInputTensorIds([...inputs]), executor)
        .map((metadata) => this.createOutputTensor(metadata));
    }

    compile(traced: TracedFunction, inputs: readonly tf.Tensor[]): tf.Tensor[] {
      using _shown = this.reports.compiling?.(traced.title);
      // Of every program in its cache TensorFlow says that it is not written as text.
      using _quiet = binding.library.quiet();
      return this.call(traced, inputs, "xla");
    }

    profile(traced: TracedFunction, inputs: readonly tf.Tensor[]): NodeTime[] {
      return binding.profile(traced, this.getInputTensorIds([...inputs]));
    }

    /** A tensor that TensorFlow.js takes for one of float32 where it is one of bfloat16. */
    #asFloat(value: Metadata): tf.Tensor {
      const dtype = isFloat(value) ? dtypes.float32 : value.dtype;
      return this.createOutputTensor({ ...value, dtype });
    }

    /**
     * A value of the graph even where the result is an argument or a constant: a function cannot
     * return its arguments as they are, and a constant is disposed of with the scope of the trace.
     */
    #value(result: tf.Tensor): tf.Tensor {
      const attributes = [attribute.type("T", dtypeOf(result, binding))];
      return this.executeSingleOutput("Identity", attributes, [result]);
    }
  };
}

/** TensorFlow's number for a tensor's type of element. */
function dtypeOf({ dtype }: tf.Tensor, binding: Binding): number {
  const { TF_FLOAT: float32, TF_INT32: int32, TF_BOOL: bool, TF_COMPLEX64: complex64 } = binding;
  const number = ({ float32, int32, bool, complex64 } as Record<string, number>)[dtype];
  if (number !== undefined) return number;
  throw new TypeError(`Cannot pass a tensor of ${dtype} to a compiled function`);
}
