import { createHash } from "node:crypto";
import { type Attribute, attribute, graphSetter, setAttributes } from "./attribute.ts";
import { dtypeName } from "./dtype.ts";
import { type GraphNode, type GraphValue, operationOf, outputOf, pack } from "./graph_value.ts";
import { dims, newTensor, type TensorHandle } from "./handle.ts";
import { bufferBytes, cString, type Library, type Pointer } from "./library.ts";
import { groupInputs, type InputArgument, inputArguments } from "./op_def.ts";

/** A graph, which may still grow: owns one `TF_Graph`. */
export class Graph implements Disposable {
  readonly #graph: Pointer;
  readonly #arguments = new Map<string, InputArgument[]>();
  readonly #nodes: GraphNode[] = [];
  readonly #hash = createHash("sha256");

  /** Begins an empty graph. */
  constructor(readonly library: Library) {
    this.#graph = library.c.TF_NewGraph()!;
  }

  /** The nodes in the order in which they were added: each comes after those of its inputs. */
  get nodes(): readonly GraphNode[] {
    return this.#nodes;
  }

  /** The `TF_Graph*`. */
  get pointer(): Pointer {
    return this.#graph;
  }

  /** What a function of the graph computes, as a short text that is the same in every process. */
  digest(...values: readonly GraphValue[][]): string {
    const names = JSON.stringify(values.map((list) => list.map(({ name }) => name)));
    return this.#hash.copy().update(names).digest("hex").slice(0, 16);
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
    const [value] = this.add("Placeholder", [
      attribute.type("dtype", dtype),
      attribute.shape("shape", shape),
    ], []);
    return value!;
  }

  /** A constant with the values that `handle` has now. */
  constant(handle: TensorHandle): GraphValue {
    const { c, status } = this.library;
    const name = this.#name("Const");
    const description = this.#describe("Const", name);
    const values = handle.read();
    this.#hash.update(`${handle}`).update(values);
    const tensor = newTensor(this.library, handle.shape, handle.dtype, values);
    try {
      graphSetter(this.library, description).type(cString("dtype"), handle.dtype);
      c.TF_SetAttrTensor(description, cString("value"), tensor, status);
    } finally {
      c.TF_DeleteTensor(tensor);
    }
    const [value] = this.#finish(description, { name, kind: "Const", inputs: [] }, {
      subject: `Const(${handle})`,
    });
    return value!;
  }

  /**
   * Adds a node.
   *
   * @throws {Error} If TensorFlow refuses it: naming the operation, the types and shapes of its
   * inputs, and the reason.
   * @throws {TypeError} If the shape of a result is not known before running.
   */
  add(
    kind: string,
    attributes: readonly Attribute[],
    inputs: readonly GraphValue[],
    outputs = 1,
  ): GraphValue[] {
    const { c } = this.library;
    const groups = groupInputs(this.#argumentsOf(kind), attributes, inputs);
    const name = this.#name(kind);
    const description = this.#describe(kind, name);
    for (const group of groups) {
      if (Array.isArray(group)) c.TF_AddInputList(description, pack(group), group.length);
      else c.TF_AddInput(description, group.output);
    }
    setAttributes(graphSetter(this.library, description), attributes);
    this.#hash.update(JSON.stringify(attributes));
    const node = { name, kind, inputs: inputs.map((input) => input.name) };
    return this.#finish(description, node, { subject: subjectOf(kind, inputs), outputs });
  }

  /** A value as it is, but not before others have been computed. */
  after(value: GraphValue, others: readonly GraphValue[]): GraphValue {
    const { c } = this.library;
    const kind = "Identity";
    const name = this.#name(kind);
    const description = this.#describe(kind, name);
    c.TF_AddInput(description, value.output);
    for (const other of others) c.TF_AddControlInput(description, operationOf(other));
    graphSetter(this.library, description).type(cString("T"), value.dtype);
    const inputs = [value.name, ...others.map(({ name }) => `^${name}`)];
    const [result] = this.#finish(description, { name, kind, inputs }, {
      subject: subjectOf(kind, [value]),
    });
    return result!;
  }

  /** Makes a `TF_Function*` of the whole graph; the caller deletes it. */
  toFunction(name: string, inputs: GraphValue[], outputs: GraphValue[]): Pointer {
    const { c, status } = this.library;
    // deno-fmt-ignore: in the lines of the header
    const pointer = c.TF_GraphToFunction(
      this.#graph, cString(name), 0,
      -1, null, // all nodes of the graph
      inputs.length, pack(inputs),
      outputs.length, pack(outputs),
      null, null, null,
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
    // Sessions refuse names that begin with an underscore.
    return `${kind.replace(/^_+/, "")}_${this.#nodes.length}`;
  }

  #describe(kind: string, name: string): Pointer {
    const text = new TextEncoder().encode(`${name}\0`);
    return this.library.c.TF_NewOperation(this.#graph, cString(kind), text)!;
  }

  #finish(
    description: Pointer,
    node: Omit<GraphNode, "outputs">,
    { subject, outputs = 1 }: { subject: string; outputs?: number },
  ): GraphValue[] {
    const { c, status } = this.library;
    this.#hash.update(`${node.name}(${node.inputs})`);
    const operation = c.TF_FinishOperation(description, status);
    this.library.check(() => `Cannot add ${subject} to the graph`);
    const values = Array.from({ length: outputs }, (_, index) => {
      const output = outputOf(operation, index);
      const name = index ? `${node.name}:${index}` : node.name;
      const dtype = c.TF_OperationOutputType(output);
      return { name, output, shape: this.#shape(output, subject), dtype };
    });
    this.#nodes.push({
      ...node,
      outputs: values.map(({ shape, dtype }) => ({ shape, dtype: dtypeName(dtype) })),
    });
    return values;
  }

  #shape(output: Uint8Array<ArrayBuffer>, subject: string): number[] {
    const { c, status } = this.library;
    const rank = c.TF_GraphGetTensorNumDims(this.#graph, output, status);
    this.library.check(() => `Cannot tell the shape of ${subject}`);
    const sizes = dims(new Array(Math.max(0, rank)).fill(0));
    if (rank > 0) {
      c.TF_GraphGetTensorShape(this.#graph, output, sizes, rank, status);
      this.library.check(() => `Cannot tell the shape of ${subject}`);
    }
    const shape = Array.from(sizes, Number);
    if (rank >= 0 && !shape.includes(-1)) return shape;
    const inferred = rank < 0 ? "unknown" : `[${shape.map((n) => n < 0 ? "?" : n)}]`;
    throw new TypeError(
      `Cannot compile ${subject}: the shape of its result depends on values (${inferred}), ` +
        `and a compiled function has static shapes; run this part outside of compile()`,
    );
  }

  /** The inputs that an operation declares. */
  #argumentsOf(kind: string): InputArgument[] {
    const declared = this.#arguments.get(kind);
    if (declared) return declared;
    const { c, status } = this.library;
    const read = inputArguments(bufferBytes(this.library, (buffer) => {
      c.TF_GraphGetOpDef(this.#graph, cString(kind), buffer, status);
      this.library.check(() => `Cannot find the operation ${kind}`);
    }));
    this.#arguments.set(kind, read);
    return read;
  }
}

/** An operation with the types and shapes of its inputs, for messages. */
function subjectOf(kind: string, inputs: readonly GraphValue[]): string {
  return `${kind}(${inputs.map((i) => `${dtypeName(i.dtype)}[${i.shape}]`).join(", ")})`;
}
