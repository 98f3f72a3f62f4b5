import type * as tf from "@tensorflow/tfjs";
import type { Abilities } from "./abilities.ts";
import type { Binding, Metadata } from "./binding.ts";
import type { NodeTime } from "./session.ts";
import type { Executor, TracedFunction, TraceOptions } from "./trace.ts";

/** What we use of tfjs-node's backend class. */
export type NodeBackend = tf.KernelBackend & {
  binding: Binding;
  getInputTensorIds(tensors: tf.TensorInfo[]): number[];
  createOutputTensor(metadata: Metadata): tf.Tensor;
  executeSingleOutput(
    name: string,
    attributes: { name: string; type: number; value: unknown }[],
    inputs: tf.TensorInfo[],
  ): tf.Tensor;
  write(values: tf.backend_util.BackendValues, shape: number[], dtype: tf.DataType): object;
};

/** To whom it is reported that functions are compiled by XLA, which may take minutes. */
export type CompilerReports = {
  /** Receives messages, one line at a time. */
  log: (line: string) => void;
  /**
   * Called when XLA begins with a function; what it returns is disposed of at the end. Meanwhile
   * this thread is busy.
   */
  compiling?: (name: string) => Disposable;
};

/** The backend `tensorflow`: that of tfjs-node with what traces functions and runs them. */
export type TensorFlowBackend = NodeBackend & {
  /** What the device can do. */
  readonly abilities: Abilities;
  /** What runs compiled functions unless they say otherwise. */
  readonly compiler: Executor;
  /** To whom compiling is reported. */
  readonly reports: CompilerReports;
  /**
   * Runs `f` once on tensors without values and records what it does.
   *
   * @param inputs Tensors of the shapes and types of the arguments.
   * @throws {TypeError} If `f` reads a value, draws random numbers, or has a result of unknown
   * shape.
   */
  trace(
    name: string,
    inputs: readonly tf.Tensor[],
    f: (inputs: tf.Tensor[]) => tf.Tensor[],
    options?: TraceOptions,
  ): TracedFunction;
  /**
   * A tensor as it is. While a function is traced, everything computed from the result waits until
   * `others` have been computed, and is not merged with what was computed from `x`.
   */
  after<T extends tf.Tensor>(x: T, others: readonly tf.Tensor[]): T;
  /** The arguments of a recorded function, by their numbers, that it only needs in bfloat16. */
  onlyRounded(traced: TracedFunction): ReadonlySet<number>;
  /** A copy in bfloat16, which only functions that were recorded for it can be given. */
  round(x: tf.Tensor): tf.Tensor;
  /** Runs a recorded function. */
  call(traced: TracedFunction, inputs: readonly tf.Tensor[], executor: Executor): tf.Tensor[];
  /** Has XLA compile a recorded function and runs it: its first call. */
  compile(traced: TracedFunction, inputs: readonly tf.Tensor[]): tf.Tensor[];
  /** Runs a recorded function by the graph executor and measures each of its operations. */
  profile(traced: TracedFunction, inputs: readonly tf.Tensor[]): NodeTime[];
};
