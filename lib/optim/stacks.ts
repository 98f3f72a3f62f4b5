import * as tf from "@tensorflow/tfjs";
import type { Named } from "../tree/mod.ts";

/** The names of the tensors of each stack, by the name of its first one. */
export type Stacks = Readonly<Record<string, readonly string[]>>;

/**
 * Which tensors can be one: those of equal shape and of one kind. A transformer of twelve blocks
 * has twelve tensors of most shapes.
 *
 * @param kindOf What tensors of a stack have in common beside their shape.
 */
export function stacksOf(named: Named, kindOf: (name: string, rank: number) => string): Stacks {
  const key = (name: string) => {
    const { shape, rank } = named[name]!;
    return `${shape} ${kindOf(name, rank)}`;
  };
  const stacks = Map.groupBy(Object.keys(named), key).values();
  return Object.fromEntries([...stacks].map((names) => [names[0]!, names]));
}

/**
 * Stacks `[count, ...shape]` in the place of their tensors, by the names of {@linkcode Stacks};
 * tensors of no stack stay as they are, and stacks whose tensors are not there are left out.
 */
export function stack(named: Named, stacks: Stacks): Named {
  const stacked = new Set(Object.values(stacks).flat());
  const others = Object.entries(named).filter(([name]) => !stacked.has(name));
  const entries = Object.entries(stacks).filter(([first]) => first in named)
    .map(([first, names]) => {
      const [one, ...more] = names.map((name) => named[name]!) as [tf.Tensor, ...tf.Tensor[]];
      return [first, more.length ? tf.stack([one, ...more]) : one.expandDims(0)];
    });
  return Object.fromEntries([...others, ...entries]);
}

/** The tensors of {@linkcode stack} by their own names again. */
export function unstack(named: Named, stacks: Stacks): Named {
  const entries = Object.entries(named).flatMap(([first, tensor]) => {
    const names = stacks[first];
    if (!names) return [[first, tensor] as const];
    const tensors = names.length > 1 ? tf.unstack(tensor) : [tensor.squeeze([0])];
    return names.map((name, i) => [name, tensors[i]!] as const);
  });
  return Object.fromEntries(entries);
}
