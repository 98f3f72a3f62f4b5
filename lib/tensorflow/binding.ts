import { type Attribute, attributeTypes } from "./attribute.ts";
import { dtypes, type Values } from "./dtype.ts";
import { Eager } from "./eager.ts";
import { TensorHandle } from "./handle.ts";
import {
  type Executor,
  lost,
  type Precision,
  Trace,
  type TracedFunction,
  type TraceOptions,
} from "./trace.ts";
import { type NodeTime, Session } from "./session.ts";
import type { RuntimeConfig } from "./config_proto.ts";
import type { Library } from "./library.ts";

/** What the kernels of tfjs-node learn of a result (their `TensorMetadata`). */
export type Metadata = { id: number; shape: number[]; dtype: number };

/**
 * The interface between tfjs-node's kernels and TensorFlow (their `TFJSBinding`), which their C++ addon implements;
 * here over Deno FFI. Tensors are numbers. While a {@linkcode trace} is open, operations are recorded instead of run.
 */
export class Binding implements Disposable {
  /** The number of the element type float32. */
  readonly TF_FLOAT: number = dtypes.float32;
  /** The number of the element type int32. */
  readonly TF_INT32: number = dtypes.int32;
  /** The number of the element type int64. */
  readonly TF_INT64: number = dtypes.int64;
  /** The number of the element type bool. */
  readonly TF_BOOL: number = dtypes.bool;
  /** The number of the element type complex64. */
  readonly TF_COMPLEX64: number = dtypes.complex64;
  /** The number of the element type string. */
  readonly TF_STRING: number = dtypes.string;
  /** The number of the element type resource. */
  readonly TF_RESOURCE: number = dtypes.resource;
  /** The number of the element type uint8. */
  readonly TF_UINT8: number = dtypes.uint8;
  /** The number of the attribute kind string. */
  readonly TF_ATTR_STRING: number = attributeTypes.string;
  /** The number of the attribute kind int. */
  readonly TF_ATTR_INT: number = attributeTypes.int;
  /** The number of the attribute kind float. */
  readonly TF_ATTR_FLOAT: number = attributeTypes.float;
  /** The number of the attribute kind bool. */
  readonly TF_ATTR_BOOL: number = attributeTypes.bool;
  /** The number of the attribute kind type. */
  readonly TF_ATTR_TYPE: number = attributeTypes.type;
  /** The number of the attribute kind shape. */
  readonly TF_ATTR_SHAPE: number = attributeTypes.shape;
  /** The number of the attribute kind resource. */
  readonly TF_ATTR_RESOURCE: number = attributeTypes.resource;
  /** TensorFlow's version. */
  readonly TF_Version: string;

  readonly #eager: Eager;
  readonly #config: RuntimeConfig;
  readonly #handles = new Map<number, TensorHandle>();
  #next = 0;
  #trace: Trace | null = null;

  /**
   * Opens a context.
   *
   * @param running Names the TensorFlow.js operation that is running, for messages.
   */
  constructor(
    readonly library: Library,
    config: RuntimeConfig = {},
    readonly running: () => string | undefined = () => undefined,
  ) {
    this.#eager = new Eager(library, config);
    this.#config = config;
    this.TF_Version = library.version;
  }

  /** The kinds of the devices that TensorFlow sees. */
  get devices(): string[] {
    return this.#eager.devices;
  }

  /** The precision of matrix products in the function that is being traced; outside of a trace always float32. */
  get tracedPrecision(): Precision {
    return this.#trace?.precision ?? "float32";
  }

  /** What will run the function that is being traced; outside of a trace there is none. */
  get tracedExecutor(): Executor | null {
    return this.#trace?.executor ?? null;
  }

  /** Whether operations are being recorded. */
  get tracing(): boolean {
    return this.#trace !== null;
  }

  /** Copies values into a new tensor; returns its number. */
  createTensor(shape: number[], dtype: number, values: ArrayLike<unknown>): number {
    return this.#keep(TensorHandle.from(this.library, shape, dtype, values)).id;
  }

  /** Disposes of a tensor; nothing happens for a traced one, which holds no memory. */
  deleteTensor(id: number): void {
    const handle = this.#handles.get(id);
    if (!handle) return;
    handle[Symbol.dispose]();
    this.#handles.delete(id);
  }

  /**
   * Copies a tensor's values out.
   *
   * @throws {TypeError} For a value that is being traced: it has no numbers yet.
   */
  tensorDataSync(id: number): Values {
    const handle = this.#handles.get(id);
    if (handle) return handle.read();
    if (this.#trace?.has(id)) {
      throw new TypeError(
        "Cannot read a value inside compile(): while a function is traced its tensors have " +
          "shapes but no numbers yet; return the tensor and read it outside",
      );
    }
    throw new ReferenceError(lost);
  }

  /** Runs an operation, or records it while a trace is open. */
  executeOp(
    name: string,
    attributes: Attribute[],
    inputs: number[],
    outputs: number,
  ): Metadata[] {
    try {
      if (this.#trace) {
        return this.#trace.execute(name, attributes, inputs, outputs, () => this.#next++);
      }
      const handles = inputs.map((id) => this.#handle(id));
      return this.#eager.execute(name, attributes, handles, outputs)
        .map((pointer) => this.#keep(TensorHandle.adopt(this.library, pointer)));
    } catch (error) {
      const operation = this.running();
      if (operation && error instanceof Error) error.message = `tf.${operation}: ${error.message}`;
      throw error;
    }
  }

  /** While recording: a value as it is, but not before others have been computed. */
  after(id: number, others: readonly number[]): Metadata {
    if (!this.#trace) throw new Error("Cannot order values outside of a trace: they are there");
    return this.#trace.after(id, others, () => this.#next++);
  }

  /**
   * Records what `f` does as a function of arguments of these shapes and types. `f` is given the arguments' numbers
   * and returns those of its results.
   */
  trace(
    name: string,
    parameters: readonly { shape: number[]; dtype: number }[],
    f: (ids: number[]) => number[],
    options: TraceOptions = {},
  ): TracedFunction {
    if (this.#trace) throw new Error("Cannot trace a function while another one is being traced");
    using trace = new Trace(this.library, this.#handles, this.#next, options);
    this.#trace = trace;
    try {
      const ids = parameters.map(({ shape, dtype }) => {
        const id = this.#next++;
        trace.argument(id, shape, dtype);
        return id;
      });
      const { fn, ...traced } = trace.finish(name, f(ids));
      const { c, status } = this.library;
      c.TFE_ContextAddFunction(this.#eager.context, fn, status);
      c.TF_DeleteFunction(fn);
      this.library.check(() => `Cannot add the function ${name}`);
      return traced;
    } finally {
      this.#trace = null;
    }
  }

  /** Runs a traced function. */
  call(traced: TracedFunction, inputs: readonly number[], executor: Executor): Metadata[] {
    const handles = [...inputs.map((id) => this.#handle(id)), ...traced.captures];
    const attributes = executor === "xla"
      ? [{ name: "_XlaMustCompile", type: attributeTypes.bool, value: true }]
      : [];
    return this.#eager.execute(traced.name, attributes, handles, traced.outputs.length)
      .map((pointer, i) => {
        const { shape, dtype } = traced.outputs[i];
        return this.#keep(new TensorHandle(this.library, pointer, shape, dtype));
      });
  }

  /** Forgets a traced function and what it captured. */
  remove(traced: TracedFunction): void {
    const { c, status } = this.library;
    c.TFE_ContextRemoveFunction(
      this.#eager.context,
      new TextEncoder().encode(`${traced.name}\0`),
      status,
    );
    this.library.check(() => `Cannot remove the function ${traced.name}`);
    for (const handle of traced.captures) handle[Symbol.dispose]();
    traced.recorded.graph[Symbol.dispose]();
  }

  /**
   * Runs a traced function once more as a plain graph, by the graph executor, and tells how long each operation took. A
   * first run, which is not told of, fills caches and optimizes the graph.
   */
  profile(traced: TracedFunction, inputs: readonly number[]): NodeTime[] {
    const handles = [...inputs.map((id) => this.#handle(id)), ...traced.captures];
    using session = new Session(this.library, traced.recorded, this.#config);
    session.run(handles);
    return session.run(handles);
  }

  /** How many tensors are alive. */
  getNumOfTensors(): number {
    return this.#handles.size;
  }

  /** Whether TensorFlow sees a GPU. */
  isUsingGpuDevice(): boolean {
    return this.devices.includes("GPU");
  }

  /** Saved models are not supported: models are written in TypeScript, and weights come as safetensors. */
  loadSavedModel(): never {
    throw new Error(
      "Cannot load a SavedModel: the tensorflow backend runs TensorFlow.js code only",
    );
  }

  /** There are none. */
  deleteSavedModel(): void {}

  /** As {@linkcode loadSavedModel}. */
  runSavedModel(): never {
    return this.loadSavedModel();
  }

  /** There are none. */
  getNumOfSavedModels(): number {
    return 0;
  }

  /** Frees all tensors and the context. */
  [Symbol.dispose](): void {
    for (const handle of this.#handles.values()) handle[Symbol.dispose]();
    this.#handles.clear();
    this.#eager[Symbol.dispose]();
  }

  #handle(id: number): TensorHandle {
    const handle = this.#handles.get(id);
    if (handle) return handle;
    throw new ReferenceError(lost);
  }

  #keep(handle: TensorHandle): Metadata {
    const id = this.#next++;
    this.#handles.set(id, handle);
    return { id, shape: handle.shape, dtype: handle.dtype };
  }
}
