import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { type Named, type Tree, unflatten } from "../tree/mod.ts";
import type { Golden } from "./goldens.ts";

/** Parameters that a gradient is taken of, and those that stay as they are. */
export type SplitParameters = { trained: Named; fixed?: Named };

/** What the official program records of a layer or a head. */
export type Derivatives = { output: tf.Tensor2D; grad: Named; input: tf.Tensor };

/** Output, gradients by parameter and gradient of the input of Σ output · coefficients. */
export function differentiate(
  head: (x: tf.Tensor2D, p: Tree) => tf.Tensor2D,
  { trained, fixed = {} }: SplitParameters,
  { input, coefficients }: { input: tf.Tensor2D; coefficients: tf.Tensor },
): Derivatives {
  const names = Object.keys(trained);
  const loss = (x: tf.Tensor, ...values: tf.Tensor[]) => {
    const named = { ...fixed, ...Object.fromEntries(names.map((name, i) => [name, values[i]!])) };
    return head(x as tf.Tensor2D, unflatten(named)).mul(coefficients).sum<tf.Scalar>();
  };
  const [dx, ...grads] = tf.grads(loss)([input, ...Object.values(trained)]);
  return {
    output: head(input, unflatten({ ...fixed, ...trained })),
    grad: Object.fromEntries(names.map((name, i) => [name, grads[i]!])),
    input: dx!,
  };
}

/** The parameters that have a gradient in the file, and those that have none. */
export function parametersOf(g: Golden, kind: string): Required<SplitParameters> {
  const all = Object.entries(g.below(`${kind}.param.`));
  const moves = ([name]: [string, tf.Tensor]) => g.names.includes(`${kind}.grad.${name}`);
  return {
    trained: Object.fromEntries(all.filter(moves)),
    fixed: Object.fromEntries(all.filter((entry) => !moves(entry))),
  };
}

/** The kinds in the file that have parameters and whose names match, such as `instance.student`. */
export function kindsOf(g: Golden, pattern = /./): string[] {
  const all = g.names.filter((name) => name.includes(".param."))
    .map((name) => name.slice(0, name.indexOf(".param.")));
  return [...new Set(all)].filter((name) => pattern.test(name));
}

/** Holds derivatives against the official ones under `kind`. */
export function compareDerivatives(g: Golden, kind: string, { output, grad, input }: Derivatives) {
  g.near(output, `${kind}.output`);
  g.near(input, `${kind}.grad_input`);
  for (const [name, gradient] of Object.entries(grad)) g.near(gradient, `${kind}.grad.${name}`);
}

/** The tensors of a tree by name, each as its name and shape, in alphabetical order. */
export function shapeLines(named: Named): string[] {
  return Object.entries(named).map(([name, { shape }]) => `${name} ${shape}`).sort();
}

/** Holds tensors against those of the file below a prefix: the same names, shapes and values. */
export function compareBelow(g: Golden, named: Named, prefix: string) {
  assertEquals(shapeLines(named), shapeLines(g.below(prefix)));
  for (const [name, tensor] of Object.entries(named)) g.near(tensor, `${prefix}${name}`);
}
