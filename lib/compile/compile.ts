import type { Tree } from "../tree/mod.ts";

/** How to compile. */
export type CompileOptions = {
  /** TensorFlow's graph executor (default) or XLA. */
  executor?: "graph" | "xla";
};

/** A compiled function: the call of the original, and disposable. */
export type Compiled<Args extends readonly unknown[], Result> =
  & ((...args: Args) => Result)
  & Disposable;

/** Placeholder until `lib/tensorflow` lands: runs `f` as it is, which is also what other backends do. */
export function compile<Args extends readonly unknown[], Result extends Tree>(
  f: (...args: Args) => Result,
  _options: CompileOptions = {},
): Compiled<Args, Result> {
  return Object.assign((...args: Args) => f(...args), { [Symbol.dispose]() {} });
}
