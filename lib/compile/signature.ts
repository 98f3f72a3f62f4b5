import type * as tf from "@tensorflow/tfjs";
import { flatten, isTensor, map, type Tree } from "../tree/mod.ts";

/** The tensors of arguments, and a key that is equal for calls that one trace can serve. */
export type Signature = { key: string; tensors: tf.Tensor[] };

/**
 * The tensors of the arguments in order, and the key of the trace: shapes and types of tensors,
 * structure of trees, and the values of everything that is not a tensor.
 *
 * @throws {TypeError} For an argument that is neither a tree of tensors nor plain data, such as a
 * function.
 */
export function signature(args: readonly unknown[]): Signature {
  const tensors: tf.Tensor[] = [];
  return { key: args.map((arg) => describe(arg, tensors)).join(";"), tensors };
}

function describe(value: unknown, tensors: tf.Tensor[]): string {
  if (isTensor(value)) {
    tensors.push(value);
    return `${value.dtype}[${value.shape}]`;
  }
  if (Array.isArray(value)) return `[${value.map((v) => describe(v, tensors)).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    return `{${entries.map(([k, v]) => `${k}:${describe(v, tensors)}`).join(",")}}`;
  }
  if (typeof value === "function" || typeof value === "symbol") {
    throw new TypeError(
      `Cannot pass a ${typeof value} to a compiled function: its arguments are tensors, trees of ` +
        `tensors and plain data`,
    );
  }
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** The numbers of the tensors of some arguments, in the order of {@linkcode signature}. */
export function placesOf(args: readonly unknown[], numbers: readonly number[]): Set<number> {
  const places = new Set<number>();
  let next = 0;
  for (const [number, arg] of args.entries()) {
    const { length } = signature([arg]).tensors;
    if (numbers.includes(number)) { for (let i = 0; i < length; i++) places.add(next + i); }
    next += length;
  }
  return places;
}

/** The arguments with other tensors in place of theirs, in the order of {@linkcode signature}. */
export function replaceTensors<Args extends readonly unknown[]>(
  args: Args,
  tensors: readonly tf.Tensor[],
): Args {
  let next = 0;
  const replace = (value: unknown): unknown => {
    if (isTensor(value)) return tensors[next++];
    if (Array.isArray(value)) return value.map(replace);
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(
        Object.entries(value).filter(([, v]) => v !== undefined).map(([k, v]) => [k, replace(v)]),
      );
    }
    return value;
  };
  return args.map(replace) as unknown as Args;
}

/**
 * The tensors of a result, and how to put others in their places.
 *
 * @throws {TypeError} If the result holds anything other than tensors.
 */
export function disassemble<T extends Tree>(
  result: T,
): { tensors: tf.Tensor[]; assemble: (tensors: readonly tf.Tensor[]) => T } {
  const named = flatten(result);
  for (const [path, value] of Object.entries(named)) {
    if (isTensor(value)) continue;
    throw new TypeError(`Cannot return ${typeof value} at "${path}" from a compiled function`);
  }
  const tensors = Object.values(named);
  return {
    tensors,
    assemble(others) {
      let next = 0;
      return map(() => others[next++]!, result);
    },
  };
}
