import * as tf from "@tensorflow/tfjs";
import type {
  Executor,
  NodeTime,
  Precision,
  TensorFlowBackend,
  TracedFunction,
} from "../tensorflow/mod.ts";
import type { Tree } from "../tree/mod.ts";
import { Held } from "./held.ts";
import { disassemble, placesOf, replaceTensors, signature } from "./signature.ts";

/** How to compile. */
export type CompileOptions = {
  /**
   * TensorFlow's graph executor, or its compiler XLA: slower to start, sometimes faster to run. By
   * default what {@linkcode use} says for all functions. A function that XLA refuses is run by the
   * graph executor, and a message says so.
   */
  executor?: Executor;
  /**
   * The precision of matrix products: `float32` (default) on a GPU, too; `tf32` lets a GPU round
   * their factors to 10 bits of mantissa; `bfloat16` rounds factors and results to 7 bits, which
   * is faster where the device has instructions for it. Everything else stays float32. Other
   * backends than `tensorflow` ignore it.
   */
  precision?: Precision;
  /**
   * The arguments, by their numbers, whose tensors stay the same from call to call, as parameters
   * do that are not trained: in bfloat16 those that are only multiplied are rounded once, and not
   * at every call. By default none do.
   */
  held?: readonly number[];
  /** A name for messages and graphs; by default that of the function. */
  name?: string;
};

/** A function that was traced for one signature. */
export type Trace = {
  readonly title: string;
  /** The name under which TensorFlow knows it. */
  readonly name: string;
  /** The precision of its matrix products. */
  readonly precision: Precision;
  /** Outside tensors that it holds. */
  readonly captures: { readonly length: number };
  readonly outputs: readonly { shape: number[]; dtype: number }[];
};

/** A compiled function: it is called like the original, and disposable. */
export type Compiled<Args extends readonly unknown[], Result> =
  & ((...args: Args) => Result)
  & Disposable
  & {
    readonly name: string;
    /** The functions traced so far, one a signature. */
    readonly traces: readonly Trace[];
    /** The time of each operation in one call, whose results are discarded; see `explain`. */
    profile(...args: Args): NodeTime[];
  };

type Entry<Result> = {
  traced: TracedFunction;
  executor: Executor;
  /** Whether it has been run: XLA compiles it then. */
  ready: boolean;
  held: Held;
  assemble: (tensors: readonly tf.Tensor[]) => Result;
};

/**
 * Makes one TensorFlow function of TensorFlow.js code, as `tf.function` does in Python. `f` is run
 * once for each new signature (structure of the arguments, shapes and types of their tensors,
 * values of the rest) on tensors that have no numbers yet; what it does is recorded and from then
 * on runs as a whole. On backends other than `tensorflow`, inside a gradient, and inside another
 * compiled function, `f` runs as it is.
 *
 * An outside tensor that `f` uses keeps the values it had when it was traced.
 *
 * @param f Takes tensors, trees of them and plain data; returns a tensor or a tree; decides nothing
 * by a tensor's values.
 * @throws {TypeError} At the first call: if `f` reads a value, draws random numbers, or has a
 * result of unknown shape.
 */
export function compile<Args extends readonly unknown[], Result extends Tree>(
  f: (...args: Args) => Result,
  {
    executor: requested,
    precision = "float32",
    held: heldArguments = [],
    name = f.name || "anonymous",
  }: CompileOptions = {},
): Compiled<Args, Result> {
  const entries = new Map<string, Entry<Result>>();
  let disposed = false;

  function trace(
    backend: TensorFlowBackend,
    args: Args,
    { tensors, executor }: { tensors: tf.Tensor[]; executor: Executor },
  ): Entry<Result> {
    let assemble: Entry<Result>["assemble"];
    const record = (rounded?: ReadonlySet<number>) =>
      backend.trace(name.replace(/\W/g, "_"), tensors, (inputs) => {
        const parts = disassemble(f(...replaceTensors(args, inputs)));
        assemble = parts.assemble;
        return parts.tensors;
      }, { precision, executor, rounded });
    let traced = record();
    const places = precision === "bfloat16"
      ? placesOf(args, heldArguments).intersection(backend.onlyRounded(traced))
      : new Set<number>();
    if (places.size > 0) {
      backend.binding.remove(traced);
      traced = record(places);
    }
    const held = new Held(places);
    return { traced, executor, ready: executor === "graph", held, assemble: assemble! };
  }

  function remove(backend: TensorFlowBackend | undefined, { traced, held }: Entry<Result>): void {
    backend?.binding.remove(traced);
    held[Symbol.dispose]();
  }

  function entryFor(backend: TensorFlowBackend, args: Args) {
    const { key, tensors } = signature(args);
    let entry = entries.get(key);
    if (!entry) {
      const executor = requested ?? backend.compiler;
      entries.set(key, entry = trace(backend, args, { tensors, executor }));
    }
    return { key, entry, tensors, inputs: entry.held.replace(backend, tensors) };
  }

  /** The first call of a function that XLA is to run; what it refuses, the graph executor runs. */
  function compileFirst(backend: TensorFlowBackend, args: Args): Result {
    const { key, entry, tensors, inputs } = entryFor(backend, args);
    let reason: string;
    try {
      const results = backend.compile(entry.traced, inputs);
      entry.ready = true;
      return entry.assemble(results);
    } catch (error) {
      if ((error as Error).name === "OutOfMemory") throw error;
      reason = shortReason(error as Error);
    }
    const other = trace(backend, args, { tensors, executor: "graph" });
    remove(backend, entry);
    entries.set(key, other);
    const results = backend.call(other.traced, other.held.replace(backend, tensors), "graph");
    backend.reports.log(`XLA cannot compile ${name}, which runs without it: ${reason}`);
    return other.assemble(results);
  }

  function compiled(...args: Args): Result {
    if (disposed) throw new ReferenceError(`Cannot call ${name}: it has been disposed`);
    const backend = tensorflow();
    if (!backend || backend.binding.tracing || differentiating()) return f(...args);
    const { entry: { traced, executor, ready, assemble }, inputs } = entryFor(backend, args);
    if (!ready) return compileFirst(backend, args);
    return assemble(backend.call(traced, inputs, executor));
  }

  function profile(...args: Args): NodeTime[] {
    if (disposed) throw new ReferenceError(`Cannot profile ${name}: it has been disposed`);
    const backend = tensorflow();
    if (!backend) throw new Error(`Cannot profile ${name} on the backend ${tf.getBackend()}`);
    const { entry: { traced }, inputs } = entryFor(backend, args);
    return backend.profile(traced, inputs);
  }

  return Object.defineProperties(compiled, {
    name: { value: name },
    profile: { value: profile },
    traces: { get: () => [...entries.values()].map(({ traced }) => traced) },
    [Symbol.dispose]: {
      value() {
        if (disposed) return;
        disposed = true;
        for (const entry of entries.values()) remove(tensorflow(), entry);
        entries.clear();
      },
    },
  }) as Compiled<Args, Result>;
}

/** The backend `tensorflow`; undefined while another one is in use. */
export function tensorflow(): TensorFlowBackend | undefined {
  return tf.getBackend() === "tensorflow" ? tf.backend() as TensorFlowBackend : undefined;
}

/** Whether tensors live in a memory other than the program's, as on GPUs. */
export function hasDeviceMemory(): boolean {
  return tensorflow()?.binding.hasDeviceMemory ?? false;
}

/** Whether a gradient is being computed, which needs to see every operation. */
function differentiating(): boolean {
  return (tf.engine().state as unknown as { gradientDepth: number }).gradientDepth > 0;
}

/** TensorFlow's reason in a line: it goes on with the operations of which it tells. */
function shortReason({ message }: Error): string {
  const [line = ""] = message.split("\n");
  return line.length > 300 ? `${line.slice(0, 300)} ...` : line;
}
