import { dtypeName, dtypes } from "./dtype.ts";
import type { GraphNode } from "./graph_value.ts";
import { moves } from "./rounded.ts";
import type { Recorded } from "./trace.ts";

/**
 * The inputs of a recorded function, by their numbers, that are rounded to bfloat16 before anything
 * else than moving is done with them: given in bfloat16 they have the same effect.
 */
export function onlyRounded({ graph, inputs }: Recorded): Set<number> {
  const users = new Map<string, GraphNode[]>();
  for (const node of graph.nodes) {
    for (const input of node.inputs) users.set(input, [...users.get(input) ?? [], node]);
  }
  const isRounded = (name: string): boolean => {
    const list = users.get(name) ?? [];
    return list.length > 0 && list.every(rounds);
  };
  const rounds = ({ name, kind, outputs }: GraphNode): boolean =>
    kind === "Cast" && outputs[0]?.dtype === dtypeName(dtypes.bfloat16) ||
    moves(kind) && outputs.every((_, i) => isRounded(i ? `${name}:${i}` : name));
  const numbers = [...inputs.entries()].filter(([, { name, dtype }]) =>
    dtype === dtypes.float32 && isRounded(name)
  );
  return new Set(numbers.map(([number]) => number));
}
