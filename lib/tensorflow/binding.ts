import { type Attribute, attribute } from "./attribute.ts";
import type { Cluster } from "./cluster.ts";
import type { RuntimeConfig } from "./config_proto.ts";
import { dtypes, kindOf, type TensorValues } from "./dtype.ts";
import { Eager } from "./eager.ts";
import { TensorHandle } from "./handle.ts";
import type { Library } from "./library.ts";
import { NodeBinding } from "./node_binding.ts";
import { type NodeTime, Session } from "./session.ts";
import {
  type Executor,
  type Precision,
  Trace,
  type TracedFunction,
  type TraceOptions,
  unusable,
} from "./trace.ts";

/** What the kernels of tfjs-node learn about a result (their `TensorMetadata`). */
export type Metadata = { id: number; shape: number[]; dtype: number };

/** The number of tensors that crossed, and their size. */
export type Transfers = Record<"toDevice" | "toHost", { tensors: number; bytes: number }>;

/**
 * The interface between tfjs-node's kernels and TensorFlow (their `TFJSBinding`), which their C++
 * addon implements; here over Deno FFI. Tensors are numbers. While a {@linkcode trace} is open,
 * operations are recorded instead of run.
 */
export class Binding extends NodeBinding implements Disposable {
  /** TensorFlow's version. */
  readonly TF_Version: string;
  /**
   * What has crossed between the program's memory and the device's. Whole numbers of 32 bits are
   * not counted on their way in: TensorFlow keeps them in the host's memory.
   */
  readonly transfers: Transfers = {
    toDevice: { tensors: 0, bytes: 0 },
    toHost: { tensors: 0, bytes: 0 },
  };

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
    super();
    this.#eager = new Eager(library, config);
    this.#config = config;
    this.TF_Version = library.version;
  }

  /** The processes with which this one computes, if it is not alone. */
  get cluster(): Cluster | null {
    return this.#eager.cluster;
  }

  /** The kinds of the devices that TensorFlow sees. */
  get devices(): string[] {
    return this.#eager.devices;
  }

  /** Whether TensorFlow sees a GPU. */
  isUsingGpuDevice(): boolean {
    return this.devices.includes("GPU");
  }

  /** Whether the device has a memory of its own. */
  get hasDeviceMemory(): boolean {
    return (this.#config.device ?? "cpu") !== "cpu";
  }

  /** The precision of matrix products in the function that is being traced; else float32. */
  get tracedPrecision(): Precision {
    return this.#trace?.precision ?? "float32";
  }

  /** What will run the function that is being traced; `null` outside of a trace. */
  get tracedExecutor(): Executor | null {
    return this.#trace?.executor ?? null;
  }

  /** Whether operations are being recorded. */
  get tracing(): boolean {
    return this.#trace !== null;
  }

  /** Copies values into a new tensor; returns its number. */
  createTensor(shape: number[], dtype: number, values: ArrayLike<unknown>): number {
    const handle = this.#eager.createTensor(shape, dtype, values);
    if (dtype !== dtypes.int32) count(this.transfers.toDevice, handle);
    return this.#keep(handle).id;
  }

  /** Disposes of a tensor; nothing happens for a traced one, which holds no memory. */
  deleteTensor(id: number): void {
    const handle = this.#handles.get(id);
    if (!handle) return;
    handle[Symbol.dispose]();
    this.#handles.delete(id);
  }

  /** The name of the device in whose memory a tensor is. */
  deviceOf(id: number): string {
    return this.#handle(id).device;
  }

  /** How many tensors are alive. */
  getNumOfTensors(): number {
    return this.#handles.size;
  }

  /**
   * Copies a tensor's values out.
   *
   * @throws {TypeError} For a value that is being traced: it has no numbers yet.
   * @throws {ReferenceError} For a tensor that is not alive.
   */
  tensorDataSync(id: number): TensorValues {
    if (this.#trace?.has(id)) {
      throw new TypeError(
        "Cannot read a value inside compile(): while a function is traced its tensors have " +
          "shapes but no numbers yet; return the tensor and read it outside",
      );
    }
    const handle = this.#handle(id);
    count(this.transfers.toHost, handle);
    return handle.read();
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

  /** Runs or records an operation that has one result. */
  executeSingle(name: string, attributes: Attribute[], inputs: number[]): Metadata {
    return this.executeOp(name, attributes, inputs, 1)[0]!;
  }

  /**
   * While recording: a value as it is, but not before others have been computed.
   *
   * @throws {Error} Outside of a trace.
   */
  after(id: number, others: readonly number[]): Metadata {
    if (!this.#trace) {
      throw new Error("Cannot order values outside of a trace: they are already computed");
    }
    return this.#trace.after(id, others, () => this.#next++);
  }

  /**
   * Records what `f` does as a function of arguments of these shapes and types. `f` receives the
   * arguments and returns the numbers of its results.
   *
   * @throws {Error} While another function is being traced.
   */
  trace(
    name: string,
    parameters: readonly { shape: number[]; dtype: number }[],
    f: (parameters: Metadata[]) => number[],
    options: TraceOptions = {},
  ): TracedFunction {
    if (this.#trace) throw new Error("Cannot trace a function while another one is being traced");
    using trace = new Trace(this.library, this.#handles, this.#next, options);
    this.#trace = trace;
    try {
      const results = f(parameters.map(({ shape, dtype }) => {
        const id = this.#next++;
        trace.argument(id, shape, dtype);
        return { id, shape, dtype };
      }));
      const { fn, ...traced } = trace.finish(name, results);
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
    const attributes = executor === "xla" ? [attribute.bool("_XlaMustCompile", true)] : [];
    const run = () => this.#eager.execute(traced.name, attributes, handles, traced.outputs.length);
    const pointers = traced.precision === "tf32" ? this.library.withTf32(run) : run();
    return traced.outputs.map(({ shape, dtype }, i) =>
      this.#keep(new TensorHandle(this.library, pointers[i]!, shape, dtype))
    );
  }

  /** Forgets a traced function and what it captured. */
  remove(traced: TracedFunction): void {
    const { c, status } = this.library;
    // Not by cString(), which keeps what it makes: names of functions are used once.
    const name = new TextEncoder().encode(`${traced.name}\0`);
    c.TFE_ContextRemoveFunction(this.#eager.context, name, status);
    this.library.check(() => `Cannot remove the function ${traced.name}`);
    for (const handle of traced.captures) handle[Symbol.dispose]();
    traced.recorded.graph[Symbol.dispose]();
  }

  /**
   * Runs a traced function as a plain graph, by the graph executor, and measures each operation.
   * The first of two runs, which is not reported, fills caches and optimizes the graph.
   */
  profile(traced: TracedFunction, inputs: readonly number[]): NodeTime[] {
    const handles = [...inputs.map((id) => this.#handle(id)), ...traced.captures];
    using session = new Session(this.library, traced.recorded, this.#config);
    session.run(handles);
    return session.run(handles);
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
    throw new ReferenceError(unusable);
  }

  #keep(handle: TensorHandle): Metadata {
    const id = this.#next++;
    this.#handles.set(id, handle);
    return { id, shape: handle.shape, dtype: handle.dtype };
  }
}

function count(transfers: Transfers["toHost"], { shape, dtype }: TensorHandle): void {
  transfers.tensors++;
  transfers.bytes += shape.reduce((product, n) => product * n, 1) * kindOf(dtype).bytes;
}
