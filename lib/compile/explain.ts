import type { GraphNode, NodeTime, TracedFunction } from "../tensorflow/mod.ts";
import type { Compiled } from "./compile.ts";

/** The shape and type of a tensor. */
export type Value = { shape: number[]; dtype: string };

/** The time of all operations of one kind. */
export type KindTime = { kind: string; count: number; seconds: number };

/** Where the time of one call went. */
export type Profile = {
  /** From the first operation's beginning to the last one's end; operations may run side by side. */
  seconds: number;
  /** The kinds by their time, the longest first. */
  kinds: KindTime[];
  /** Every operation in the order in which it began. TensorFlow has merged some and moved others. */
  operations: NodeTime[];
  /** The kinds as a table. */
  text: string;
};

/** What became of a function by {@linkcode compile}. */
export type Explanation<Args extends readonly unknown[]> = {
  name: string;
  /** How many operations of each kind it has, the most frequent first; its inputs are no operations. */
  operations: Record<string, number>;
  /** The tensors among its arguments, in their order. */
  inputs: Value[];
  /** Outside tensors that it uses: their values are those of the time of tracing. */
  captures: Value[];
  outputs: Value[];
  /** Every operation on a line of its own, each after those whose results it takes. */
  text: string;
  /** The bytes of a `GraphDef`: as a file `graph.pb`, Netron and TensorBoard show it. */
  graphDef: Uint8Array<ArrayBuffer>;
  /** Runs it once, by the graph executor and after a run that warms up, and tells where the time went. */
  profile(...args: Args): Profile;
};

/**
 * Looks into a compiled function: at the trace that was made last.
 *
 * @throws {Error} If it has not been traced: it has to be called first, on the backend `tensorflow`.
 */
export function explain<Args extends readonly unknown[], Result>(
  compiled: Compiled<Args, Result>,
): Explanation<Args> {
  const traced = compiled.traces.at(-1);
  if (!traced) {
    throw new Error(
      `Cannot explain ${compiled.name}: nothing has been traced; call it first, on the backend tensorflow`,
    );
  }
  const { graph, inputs, outputs } = traced.recorded;
  const known = new Map(graph.nodes.map((node) => [node.name, node]));
  const value = ({ name }: { name: string }): Value => {
    const [node, index = "0"] = name.split(":");
    return known.get(node)!.outputs[Number(index)];
  };
  const given = inputs.length - traced.captures.length;
  const operations = graph.nodes.filter(({ kind }) => kind !== "Placeholder");
  const counts = Map.groupBy(operations, ({ kind }) => kind);
  const sorted = [...counts].map(([kind, nodes]) => [kind, nodes.length] as const)
    .sort(([, a], [, b]) => b - a);
  return {
    name: compiled.name,
    operations: Object.fromEntries(sorted),
    inputs: inputs.slice(0, given).map(value),
    captures: inputs.slice(given).map(value),
    outputs: outputs.map(value),
    text: textOf(traced),
    graphDef: graph.graphDef(),
    profile: (...args) => summary(compiled.profile(...args)),
  };
}

/** The graph as text, with what comes from outside named by where it comes from. */
function textOf({ recorded: { graph, inputs, outputs }, captures }: TracedFunction): string {
  const given = inputs.length - captures.length;
  const origin = new Map(
    inputs.map(({ name }, i) => [name, i < given ? `input ${i}` : `capture ${i - given}`]),
  );
  const line = ({ name, kind, inputs, outputs }: GraphNode) =>
    `${name} = ${origin.get(name) ?? `${kind}(${inputs.join(", ")})`}: ${
      outputs.map(({ dtype, shape }) => `${dtype}[${shape}]`).join(", ")
    }\n`;
  const results = outputs.map(({ name }) => name).join(", ");
  return graph.nodes.map(line).join("") + `return ${results}\n`;
}

function summary(operations: NodeTime[]): Profile {
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
    const [time, share] = [(1000 * seconds).toFixed(2), (100 * seconds / sum).toFixed(1)];
    return `${time.padStart(10)} ms ${share.padStart(5)} % ${
      String(count).padStart(6)
    } x ${kind}\n`;
  }).join("");
}
