import type * as tf from "@tensorflow/tfjs";

/**
 * Named tensors: a tensor, or an array or a record of such trees. A branch that is absent may be
 * `undefined`.
 */
export type Tree =
  | tf.Tensor
  | readonly Tree[]
  | { readonly [name: string]: Tree | undefined };

/** A tree's tensors by path, such as `blocks.0.attn.qkv.weight`. */
export type Named = Record<string, tf.Tensor>;

/** Whether a value is a tensor: each has a `dataId`, so that TensorFlow.js need not be imported. */
export function isTensor(value: unknown): value is tf.Tensor {
  return typeof value === "object" && value !== null && "dataId" in value;
}

/** The tensors of a tree in depth-first order. */
export function leaves(tree: Tree): tf.Tensor[] {
  return Object.values(flatten(tree));
}

/** Tensors by path; the keys of nested branches are joined by dots. */
export function flatten(tree: Tree): Named {
  const named: Named = {};
  visit(tree, "", (path, tensor) => named[path] = tensor);
  return named;
}

function visit(tree: Tree | undefined, path: string, f: (path: string, t: tf.Tensor) => void) {
  if (tree === undefined) return;
  if (isTensor(tree)) return f(path, tree);
  for (const [key, branch] of Object.entries(tree)) {
    visit(branch, path === "" ? key : `${path}.${key}`, f);
  }
}

/**
 * The tree whose {@linkcode flatten} is `named`. A branch whose keys are 0, 1, ..., n - 1 becomes
 * an array. The caller states the type: paths are not checked against it.
 */
export function unflatten<T extends Tree>(named: Named): T {
  type Branch = { [key: string]: Branch | tf.Tensor };
  const root: Branch = {};
  for (const [path, tensor] of Object.entries(named)) {
    const keys = path.split(".");
    const last = keys.pop()!;
    let branch = root;
    for (const key of keys) branch = (branch[key] ??= {}) as Branch;
    branch[last] = tensor;
  }
  const settle = (branch: Branch | tf.Tensor): Tree => {
    if (isTensor(branch)) return branch;
    const entries = Object.entries(branch).map(([key, b]) => [key, settle(b)] as const);
    const dense = entries.length > 0 && entries.every(([key], i) => key === String(i));
    return dense ? entries.map(([, b]) => b) : Object.fromEntries(entries);
  };
  return settle(root) as T;
}

/**
 * Applies `f` to the tensors at the same path in all trees. The result has the structure of the
 * first tree.
 *
 * @throws {TypeError} If another tree lacks a path of the first.
 */
export function map<T extends Tree>(
  f: (tensor: tf.Tensor, ...others: tf.Tensor[]) => tf.Tensor,
  tree: T,
  ...others: Tree[]
): T {
  const named = others.map(flatten);
  const walk = (branch: Tree, path: string): Tree => {
    if (isTensor(branch)) {
      const counterparts = named.map((other) => {
        const tensor = other[path];
        if (tensor) return tensor;
        throw new TypeError(`Cannot map over two trees: the second has no tensor at "${path}"`);
      });
      return f(branch, ...counterparts);
    }
    const entries = Object.entries(branch)
      .filter(([, b]) => b !== undefined)
      .map(([key, b]) => [key, walk(b!, path === "" ? key : `${path}.${key}`)] as const);
    return Array.isArray(branch) ? entries.map(([, b]) => b) : Object.fromEntries(entries);
  };
  return walk(tree, "") as T;
}

/** Disposes every tensor of the trees once, also where a tensor stands in several places. */
export function dispose(...trees: Tree[]): void {
  for (const tensor of new Set(trees.flatMap(leaves))) if (!tensor.isDisposed) tensor.dispose();
}
