import type { Attribute } from "./attribute.ts";
import { Graph, type GraphValue } from "./graph.ts";
import { TensorHandle } from "./handle.ts";
import type { Library } from "./library.ts";

/** Elements up to which an outside tensor would not be worth an input of its own. */
const smallConstant = 16;

/** In what precision a traced function multiplies matrices. */
export type Precision = "float32" | "bfloat16";

/** How a traced function is run. */
export type Executor = "graph" | "xla";

/** What a function is recorded for. */
export type TraceOptions = {
  /** Of the matrix products that are recorded; by default float32. */
  precision?: Precision;
  /** What is to run it, by default the graph executor: XLA does not know all operations. */
  executor?: Executor;
};

/** A function that a trace became. */
export type TracedFunction = {
  /** The name under which the context knows it. */
  name: string;
  /** Handles of outside tensors that the function takes after its arguments. It owns them. */
  captures: TensorHandle[];
  outputs: { shape: number[]; dtype: number }[];
  /** What was recorded, to be looked at; the function has a copy of its own. It is disposed of with the function. */
  recorded: Recorded;
};

/** The graph of a function, and which of its values are the arguments, the captures after them, and the results. */
export type Recorded = { graph: Graph; inputs: GraphValue[]; outputs: GraphValue[] };

/**
 * The recording of operations into a graph. Tensors are known by the numbers that the binding gives them: those made
 * while recording are values of the graph; all others are handles of real tensors.
 */
export class Trace implements Disposable {
  readonly graph: Graph;
  readonly precision: Precision;
  readonly executor: Executor;
  readonly #values = new Map<number, GraphValue>();
  readonly #arguments: GraphValue[] = [];
  readonly #captures = new Map<number, { value: GraphValue; handle: TensorHandle }>();
  readonly #constants = new Map<number, GraphValue>();
  #finished = false;

  /**
   * @param handles The real tensors by number.
   * @param firstNew Real tensors from this number on were made while recording: they are constants of the function.
   */
  constructor(
    readonly library: Library,
    readonly handles: ReadonlyMap<number, TensorHandle>,
    readonly firstNew: number,
    { precision = "float32", executor = "graph" }: TraceOptions = {},
  ) {
    this.graph = new Graph(library);
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
  ): { id: number; shape: number[]; dtype: number }[] {
    const values = this.graph.add(name, attributes, inputs.map((id) => this.value(id)), outputs);
    return values.map((value) => {
      const id = number();
      this.#values.set(id, value);
      return { id, shape: value.shape, dtype: value.dtype };
    });
  }

  /** Records a value as it is, but not before others have been computed. */
  after(
    id: number,
    others: readonly number[],
    number: () => number,
  ): { id: number; shape: number[]; dtype: number } {
    const value = this.graph.after(this.value(id), others.map((id) => this.value(id)));
    const next = number();
    this.#values.set(next, value);
    return { id: next, shape: value.shape, dtype: value.dtype };
  }

  /** The graph's value for a number: of the graph itself, a constant, or a captured outside tensor. */
  value(id: number): GraphValue {
    const known = this.#values.get(id) ?? this.#constants.get(id) ?? this.#captures.get(id)?.value;
    if (known) return known;
    const handle = this.handles.get(id);
    if (!handle) throw new ReferenceError(lost);
    const size = handle.shape.reduce((product, n) => product * n, 1);
    if (id >= this.firstNew || size <= smallConstant) {
      const constant = this.graph.constant(handle);
      this.#constants.set(id, constant);
      return constant;
    }
    const value = this.graph.placeholder(handle.shape, handle.dtype);
    this.#captures.set(id, { value, handle: handle.share() });
    return value;
  }

  /** Ends the recording: the results become the outputs of a function. */
  finish(name: string, results: readonly number[]): { fn: Deno.PointerValue } & TracedFunction {
    const outputs = results.map((id) => this.value(id));
    const captures = [...this.#captures.values()];
    const inputs = [...this.#arguments, ...captures.map(({ value }) => value)];
    const fn = this.graph.toFunction(name, inputs, outputs);
    this.#captures.clear(); // their handles now belong to the function, as does the graph
    this.#finished = true;
    return {
      fn,
      name,
      captures: captures.map(({ handle }) => handle),
      outputs: outputs.map(({ shape, dtype }) => ({ shape, dtype })),
      recorded: { graph: this.graph, inputs, outputs },
    };
  }

  [Symbol.dispose](): void {
    for (const { handle } of this.#captures.values()) handle[Symbol.dispose]();
    if (!this.#finished) this.graph[Symbol.dispose]();
  }
}

/** Said of a number that no tensor has. */
export const lost =
  "Cannot use a tensor that has been disposed, or that was traced by a function " +
  "whose tracing has ended: return it from the compiled function instead";
