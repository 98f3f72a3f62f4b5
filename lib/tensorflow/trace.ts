import type { Attribute } from "./attribute.ts";
import { Graph } from "./graph.ts";
import type { GraphValue } from "./graph_value.ts";
import { TensorHandle } from "./handle.ts";
import type { Library } from "./library.ts";
import { dtypes } from "./dtype.ts";
import { isFloat, RoundedValues } from "./rounded.ts";

/** Elements up to which an outside tensor would not be worth an input of its own. */
const smallConstant = 16;

/**
 * The precision in which a traced function multiplies matrices. `tf32` lets a GPU round float32
 * factors to 10 bits of mantissa; other devices have no TF32 and multiply in float32.
 */
export type Precision = "float32" | "tf32" | "bfloat16";

/** What runs a traced function: TensorFlow's graph executor, or its compiler XLA. */
export type Executor = "graph" | "xla";

/** What a function is recorded for. */
export type TraceOptions = {
  /** The precision of the matrix products that are recorded; by default float32. */
  precision?: Precision;
  /** What will run it; by default the graph executor, since XLA lacks some operations. */
  executor?: Executor;
  /** The arguments, by their numbers, that it is given in bfloat16; by default none are. */
  rounded?: ReadonlySet<number>;
};

/** A function that was traced. */
export type TracedFunction = {
  /** What it was called when it was traced. */
  title: string;
  /** The name under which the context knows it. */
  name: string;
  /** The precision of its matrix products. */
  precision: Precision;
  /** Handles of outside tensors, which the function takes after its arguments. It owns them. */
  captures: TensorHandle[];
  outputs: { shape: number[]; dtype: number }[];
  /**
   * What was recorded, for inspection; the function has a copy of its own. It is disposed of with
   * the function.
   */
  recorded: Recorded;
};

/**
 * The graph of a function, and which of its values are the inputs (the arguments and after them the
 * captures) and the results.
 */
export type Recorded = { graph: Graph; inputs: GraphValue[]; outputs: GraphValue[] };

/** A value of the graph under the number by which the kernels know it. */
type TracedValue = { id: number; shape: number[]; dtype: number };

/**
 * The recording of operations into a graph. The binding gives tensors their numbers: those made
 * while recording are values of the graph; all others are handles of real tensors.
 */
export class Trace implements Disposable {
  readonly graph: Graph;
  readonly precision: Precision;
  readonly executor: Executor;
  readonly #rounded: RoundedValues;
  readonly #values = new Map<number, GraphValue>();
  readonly #arguments: GraphValue[] = [];
  readonly #captures = new Map<number, { value: GraphValue; handle: TensorHandle }>();
  readonly #constants = new Map<number, GraphValue>();
  /** Constants by type, shape and contents: many operations have the same axes or the same shape. */
  readonly #contents = new Map<string, GraphValue>();
  #finished = false;

  /**
   * @param handles The real tensors by number.
   * @param firstNew Real tensors from this number on were made while recording: they are constants
   * of the function.
   */
  constructor(
    readonly library: Library,
    readonly handles: ReadonlyMap<number, TensorHandle>,
    readonly firstNew: number,
    { precision = "float32", executor = "graph" }: TraceOptions = {},
  ) {
    this.graph = new Graph(library);
    this.#rounded = new RoundedValues(this.graph);
    this.precision = precision;
    this.executor = executor;
  }

  /** Whether this number belongs to a value of the graph, which has no numbers in it yet. */
  has(id: number): boolean {
    return this.#values.has(id);
  }

  /** Declares the next argument of the function. */
  argument(id: number, shape: number[], dtype: number): void {
    const value = this.graph.placeholder(shape, dtype);
    this.#arguments.push(value);
    this.#values.set(id, value);
  }

  /** Records an operation; `number` gives the new values their numbers. */
  execute(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: number,
    number: () => number,
  ): TracedValue[] {
    const values = inputs.map((id) => this.value(id));
    const [first] = values;
    if (name === "Cast" && first && isFloat(first)) {
      const dtype = attributes.find(({ name }) => name === "DstT")!.value as number;
      if (isFloat({ dtype })) return [this.#keep(number(), this.#rounded.as(first, dtype))];
    }
    const typed = this.#rounded.typed(name, attributes, values);
    return this.graph.add(name, typed.attributes, typed.inputs, outputs)
      .map((value) => this.#keep(number(), value));
  }

  /** Records a value as it is, but not before others have been computed. */
  after(id: number, others: readonly number[], number: () => number): TracedValue {
    const value = this.graph.after(this.value(id), others.map((id) => this.value(id)));
    return this.#keep(number(), value);
  }

  /**
   * The graph's value for a number: of the graph itself, a constant, or a captured outside tensor.
   *
   * @throws {ReferenceError} If no tensor has this number.
   */
  value(id: number): GraphValue {
    return this.#values.get(id) ?? this.#constants.get(id) ?? this.#captures.get(id)?.value ??
      this.#outside(id);
  }

  /**
   * Ends the recording: the results become the outputs of a function. It is named after what it
   * computes, since XLA finds its compiled programs again by their names.
   */
  finish(title: string, results: readonly number[]): { fn: Deno.PointerValue } & TracedFunction {
    const outputs = results.map((id) => this.value(id))
      .map((value) => isFloat(value) ? this.#rounded.as(value, dtypes.float32) : value);
    const captures = [...this.#captures.values()];
    const inputs = [...this.#arguments, ...captures.map(({ value }) => value)];
    const name = `${title}_${this.precision}_${this.graph.digest(inputs, outputs)}`;
    const fn = this.graph.toFunction(name, inputs, outputs);
    this.#captures.clear(); // their handles now belong to the function, as does the graph
    this.#finished = true;
    return {
      fn,
      title,
      name,
      precision: this.precision,
      captures: captures.map(({ handle }) => handle),
      outputs: outputs.map(({ shape, dtype }) => ({ shape, dtype })),
      recorded: { graph: this.graph, inputs, outputs },
    };
  }

  [Symbol.dispose](): void {
    for (const { handle } of this.#captures.values()) handle[Symbol.dispose]();
    if (!this.#finished) this.graph[Symbol.dispose]();
  }

  #keep(id: number, value: GraphValue): TracedValue {
    this.#values.set(id, value);
    return { id, shape: value.shape, dtype: isFloat(value) ? dtypes.float32 : value.dtype };
  }

  /** A real tensor enters the graph: as a constant, or as an input of its own. */
  #outside(id: number): GraphValue {
    const handle = this.handles.get(id);
    if (!handle) throw new ReferenceError(unusable);
    const size = handle.shape.reduce((product, n) => product * n, 1);
    if (id >= this.firstNew || size <= smallConstant) {
      const constant = this.#constant(handle, size);
      this.#constants.set(id, constant);
      return constant;
    }
    const value = this.graph.placeholder(handle.shape, handle.dtype);
    this.#captures.set(id, { value, handle: handle.share() });
    return value;
  }

  /** A constant with the values of a handle; small ones of the same values are one. */
  #constant(handle: TensorHandle, size: number): GraphValue {
    if (size > smallConstant) return this.graph.constant(handle);
    const { buffer } = handle.read();
    const key = `${handle} ${new Uint8Array(buffer)}`;
    let constant = this.#contents.get(key);
    if (!constant) this.#contents.set(key, constant = this.graph.constant(handle));
    return constant;
  }
}

/** The message for a number that no tensor has. */
export const unusable =
  "Cannot use a tensor that has been disposed, or that was traced by a function " +
  "whose tracing has ended: return it from the compiled function instead";
