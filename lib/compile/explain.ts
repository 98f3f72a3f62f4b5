import type { GraphNode, NodeTime, TracedFunction } from "../tensorflow/mod.ts";
import type { Compiled } from "./compile.ts";

/** The shape and type of a tensor. */
export type TensorType = { shape: number[]; dtype: string };

/** The number and the time of all operations of one kind. */
export type KindTime = { kind: string; count: number; seconds: number };

/** The time of one call, by operations. */
export type Profile = {
  /** From the start of the first operation to the end of the last; they may run concurrently. */
  seconds: number;
  /** The kinds by their time, the longest first. */
  kinds: KindTime[];
  /** Every operation in the order of their starts. TensorFlow merges some and moves others. */
  operations: NodeTime[];
  /** The kinds as a table. */
  text: string;
};

/** What {@linkcode compile} made of a function. */
export type Explanation<Args extends readonly unknown[]> = {
  name: string;
  /** The number of operations of each kind, the most frequent first; inputs are not counted. */
  operations: Record<string, number>;
  /** The tensors among its arguments, in their order. */
  inputs: TensorType[];
  /** Outside tensors that it uses: it keeps the values that they had when it was traced. */
  captures: TensorType[];
  outputs: TensorType[];
  /** Every operation on a line of its own, each after its inputs. */
  text: string;
  /** The bytes of a `GraphDef`: as a file `graph.pb`, Netron and TensorBoard show it. */
  graphDef: Uint8Array<ArrayBuffer>;
  /** Measures one call by the graph executor, after another one that warms up. */
  profile(...args: Args): Profile;
};

/**
 * Explains a compiled function by its latest trace.
 *
 * @throws {Error} If it has not been traced: it has to be called first, on the backend
 * `tensorflow`.
 */
export function explain<Args extends readonly unknown[], Result>(
  compiled: Compiled<Args, Result>,
): Explanation<Args> {
  const traced = compiled.traces.at(-1) as TracedFunction | undefined;
  if (!traced) {
    throw new Error(
      `Cannot explain ${compiled.name}: nothing has been traced; call it first, on the backend ` +
        `tensorflow`,
    );
  }
  const { graph, inputs, outputs } = traced.recorded;
  const values = new Map(
    graph.nodes.flatMap(({ name, outputs }) =>
      outputs.map((value, i) => [i ? `${name}:${i}` : name, value])
    ),
  );
  const valueOf = ({ name }: { name: string }): TensorType => values.get(name)!;
  const parameters = inputs.length - traced.captures.length;
  return {
    name: compiled.name,
    operations: countKinds(graph.nodes),
    inputs: inputs.slice(0, parameters).map(valueOf),
    captures: inputs.slice(parameters).map(valueOf),
    outputs: outputs.map(valueOf),
    text: textOf(traced),
    graphDef: graph.graphDef(),
    profile: (...args) => summarize(compiled.profile(...args)),
  };
}

/** The number of operations of each kind, the most frequent first. */
function countKinds(nodes: readonly GraphNode[]): Record<string, number> {
  const operations = nodes.filter(({ kind }) => kind !== "Placeholder");
  const counts = [...Map.groupBy(operations, ({ kind }) => kind)]
    .map(([kind, nodes]) => [kind, nodes.length] as const);
  return Object.fromEntries(counts.sort(([, a], [, b]) => b - a));
}

/** The graph as text, in which arguments and captures are numbered. */
function textOf({ recorded: { graph, inputs, outputs }, captures }: TracedFunction): string {
  const parameters = inputs.length - captures.length;
  const origins = new Map(inputs.map(({ name }, i) => [
    name,
    i < parameters ? `input ${i}` : `capture ${i - parameters}`,
  ]));
  const line = ({ name, kind, inputs, outputs }: GraphNode) => {
    const origin = origins.get(name) ?? `${kind}(${inputs.join(", ")})`;
    const values = outputs.map(({ dtype, shape }) => `${dtype}[${shape}]`);
    return `${name} = ${origin}: ${values.join(", ")}\n`;
  };
  const results = outputs.map(({ name }) => name).join(", ");
  return graph.nodes.map(line).join("") + `return ${results}\n`;
}

function summarize(operations: NodeTime[]): Profile {
  const kinds = [...Map.groupBy(operations, ({ kind }) => kind)].map(([kind, nodes]) => ({
    kind,
    count: nodes.length,
    seconds: nodes.reduce((sum, { seconds }) => sum + seconds, 0),
  })).sort((a, b) => b.seconds - a.seconds);
  const seconds = Math.max(0, ...operations.map(({ start, seconds }) => start + seconds));
  return { seconds, kinds, operations, text: tableOf(kinds) };
}

function tableOf(kinds: readonly KindTime[]): string {
  const sum = kinds.reduce((sum, { seconds }) => sum + seconds, 0) || 1;
  return kinds.map(({ kind, count, seconds }) => {
    const time = (1000 * seconds).toFixed(2).padStart(10);
    const share = (100 * seconds / sum).toFixed(1).padStart(5);
    return `${time} ms ${share} % ${String(count).padStart(6)} x ${kind}\n`;
  }).join("");
}
