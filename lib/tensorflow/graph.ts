import { type Attribute, graphSetter, setAttributes } from "./attribute.ts";
import { dtypeName } from "./dtype.ts";
import { dims, newTensor, type TensorHandle } from "./handle.ts";
import { bufferBytes, cString, type Library, type Pointer } from "./library.ts";
import { type InputArgument, inputArguments } from "./op_def.ts";

/** A value inside a graph: an output of a node, with what is known of it. */
export type GraphValue = {
  /** The node's name, and behind a colon which of its outputs this is, where it is not the first. */
  readonly name: string;
  /** The 16 bytes of the `TF_Output`. */
  readonly output: Uint8Array<ArrayBuffer>;
  readonly shape: number[];
  readonly dtype: number;
};

/** A node of a graph: what it does to which values. */
export type GraphNode = {
  name: string;
  /** The operation, such as `MatMul`. */
  kind: string;
  /** The names of the values that it takes; behind `^` those of nodes that only have to come before. */
  inputs: string[];
  outputs: { shape: number[]; dtype: string }[];
};

/** A graph, which may still grow: owns one `TF_Graph`. */
export class Graph implements Disposable {
  readonly #graph: Pointer;
  readonly #arguments = new Map<string, InputArgument[]>();
  readonly #nodes: GraphNode[] = [];

  /** Begins an empty graph. */
  constructor(readonly library: Library) {
    this.#graph = library.c.TF_NewGraph()!;
  }

  /** The nodes in the order in which they were added: each after those that it takes values of. */
  get nodes(): readonly GraphNode[] {
    return this.#nodes;
  }

  /** The `TF_Graph*`. */
  get pointer(): Pointer {
    return this.#graph;
  }

  /** The graph as a serialized `GraphDef` (tensorflow/core/framework/graph.proto). */
  graphDef(): Uint8Array<ArrayBuffer> {
    const { c, status } = this.library;
    return bufferBytes(this.library, (buffer) => {
      c.TF_GraphToGraphDef(this.#graph, buffer, status);
      this.library.check(() => "Cannot serialize the graph");
    });
  }

  /** An input of the function that the graph becomes. */
  placeholder(shape: number[], dtype: number): GraphValue {
    return this.add("Placeholder", [
      { name: "dtype", type: 4, value: dtype },
      { name: "shape", type: 5, value: shape },
    ], [])[0];
  }

  /** A constant with the values that `handle` has now. */
  constant(handle: TensorHandle): GraphValue {
    const { c, status } = this.library;
    const name = this.#name("Const");
    const node = this.#describe("Const", name);
    const tensor = newTensor(this.library, handle.shape, handle.dtype, handle.read());
    try {
      const set = graphSetter(this.library, node);
      set.type(cString("dtype"), handle.dtype);
      c.TF_SetAttrTensor(node, cString("value"), tensor, status);
      return this.#finish({ name, kind: "Const", inputs: [] }, node, `Const(${handle})`)[0];
    } finally {
      c.TF_DeleteTensor(tensor);
    }
  }

  /**
   * Adds a node.
   *
   * @throws {Error} If TensorFlow refuses it: naming the operation, its inputs' types and shapes, and the reason.
   * @throws {TypeError} If the shape of a result is not known before running.
   */
  add(
    kind: string,
    attributes: readonly Attribute[],
    inputs: readonly GraphValue[],
    outputs = 1,
  ): GraphValue[] {
    const { c } = this.library;
    const what = `${kind}(${inputs.map((i) => `${dtypeName(i.dtype)}[${i.shape}]`).join(", ")})`;
    const lists = this.#argumentsOf(kind);
    const name = this.#name(kind);
    const node = this.#describe(kind, name);
    let next = 0;
    for (const { lengthAttribute } of lists) {
      if (lengthAttribute === undefined) {
        c.TF_AddInput(node, inputs[next++].output);
        continue;
      }
      const length = listLength(lengthAttribute, attributes, inputs.length - lists.length + 1);
      const list = new Uint8Array(16 * length);
      for (let i = 0; i < length; i++) list.set(inputs[next++].output, 16 * i);
      c.TF_AddInputList(node, list, length);
    }
    setAttributes(graphSetter(this.library, node), attributes);
    const described = { name, kind, inputs: inputs.map((input) => input.name) };
    return this.#finish(described, node, what, outputs);
  }

  /** A value as it is, but not before others have been computed. */
  after(value: GraphValue, others: readonly GraphValue[]): GraphValue {
    const { c } = this.library;
    const name = this.#name("Identity");
    const node = this.#describe("Identity", name);
    c.TF_AddInput(node, value.output);
    for (const { output } of others) {
      const address = new DataView(output.buffer).getBigUint64(0, true);
      c.TF_AddControlInput(node, Deno.UnsafePointer.create(address)!);
    }
    graphSetter(this.library, node).type(cString("T"), value.dtype);
    const what = `Identity(${dtypeName(value.dtype)}[${value.shape}])`;
    const described = {
      name,
      kind: "Identity",
      inputs: [value.name, ...others.map(({ name }) => `^${name}`)],
    };
    return this.#finish(described, node, what)[0];
  }

  /**
   * Makes a `TF_Function*` of the whole graph; whoever calls deletes it.
   */
  toFunction(name: string, inputs: GraphValue[], outputs: GraphValue[]): Pointer {
    const { c, status } = this.library;
    const pointer = c.TF_GraphToFunction(
      this.#graph,
      cString(name),
      0,
      -1, // all nodes of the graph
      null,
      inputs.length,
      pack(inputs),
      outputs.length,
      pack(outputs),
      null,
      null,
      null,
      status,
    );
    this.library.check(() => `Cannot make a function of the graph of ${name}`);
    return pointer!;
  }

  /** Frees the graph. */
  [Symbol.dispose](): void {
    this.library.c.TF_DeleteGraph(this.#graph);
  }

  #name(kind: string): string {
    return `${kind.replace(/^_+/, "")}_${this.#nodes.length}`; // sessions refuse names that begin with an underscore
  }

  #describe(kind: string, name: string): Pointer {
    const text = new TextEncoder().encode(`${name}\0`);
    return this.library.c.TF_NewOperation(this.#graph, cString(kind), text)!;
  }

  #finish(
    described: Omit<GraphNode, "outputs">,
    node: Pointer,
    what: string,
    outputs = 1,
  ): GraphValue[] {
    const { c, status } = this.library;
    const operation = c.TF_FinishOperation(node, status);
    this.library.check(() => `Cannot add ${what} to the graph`);
    const values = Array.from({ length: outputs }, (_, index) => {
      const output = outputOf(operation, index);
      const name = index ? `${described.name}:${index}` : described.name;
      const dtype = c.TF_OperationOutputType(output);
      return { name, output, shape: this.#shape(output, what), dtype };
    });
    this.#nodes.push({
      ...described,
      outputs: values.map(({ shape, dtype }) => ({ shape, dtype: dtypeName(dtype) })),
    });
    return values;
  }

  #shape(output: Uint8Array<ArrayBuffer>, what: string): number[] {
    const { c, status } = this.library;
    const rank = c.TF_GraphGetTensorNumDims(this.#graph, output, status);
    this.library.check(() => `Cannot tell the shape of ${what}`);
    const sizes = dims(new Array(Math.max(0, rank)).fill(0));
    if (rank > 0) {
      c.TF_GraphGetTensorShape(this.#graph, output, sizes, rank, status);
      this.library.check(() => `Cannot tell the shape of ${what}`);
    }
    const shape = Array.from(sizes, Number);
    if (rank >= 0 && !shape.includes(-1)) return shape;
    const found = rank < 0 ? "unknown" : `[${shape.map((n) => n < 0 ? "?" : n)}]`;
    throw new TypeError(
      `Cannot compile ${what}: the shape of its result depends on values (${found}), ` +
        `and a compiled function has static shapes; run this part outside of compile()`,
    );
  }

  #argumentsOf(name: string): InputArgument[] {
    let known = this.#arguments.get(name);
    if (!known) {
      const { c, status } = this.library;
      known = inputArguments(bufferBytes(this.library, (buffer) => {
        c.TF_GraphGetOpDef(this.#graph, cString(name), buffer, status);
        this.library.check(() => `Cannot find the operation ${name}`);
      }));
      this.#arguments.set(name, known);
    }
    return known;
  }
}

/** A `TF_Output`: an operation and the number of its output. */
function outputOf(operation: Deno.PointerValue, index: number): Uint8Array<ArrayBuffer> {
  const output = new Uint8Array(16);
  const view = new DataView(output.buffer);
  view.setBigUint64(0, Deno.UnsafePointer.value(operation), true);
  view.setInt32(8, index, true);
  return output;
}

/** Values one after the other, as C functions take them. */
export function pack(values: readonly GraphValue[]): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(16 * values.length);
  values.forEach(({ output }, i) => packed.set(output, 16 * i));
  return packed;
}

function listLength(attribute: string, attributes: readonly Attribute[], rest: number): number {
  const given = attributes.find(({ name }) => name === attribute)?.value;
  return typeof given === "number" ? given : Array.isArray(given) ? given.length : rest;
}
