/** How the tensors of networks of one kind are named in some files. */
export type Dialect = {
  /** A tensor that every network named like this has. */
  mark: string;
  /** What its names become here: all patterns that match are replaced, in this order. */
  names: readonly (readonly [pattern: RegExp, name: string])[];
};

/** Words that wrappers of modules put into names: those of PyTorch, FairScale and Lightning. */
const wrappers = new Set([
  ...["module", "_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module"],
  ...["_fpw_module", "_forward_module"],
]);

/** A name without the words that wrappers put into it, wherever they stand. */
export function bareName(path: string): string {
  return path.split(".").filter((word) => !wrappers.has(word)).join(".");
}

/** What a tensor is called here. */
export function translate(path: string, { names }: Dialect): string {
  return names.reduce((name, [from, to]) => name.replace(from, to), bareName(path));
}

/**
 * What the names of a network begin with, if the path is that of its mark; words of wrappers that
 * follow belong to it.
 */
export function prefixBefore(mark: string, path: string): string | undefined {
  const bare = bareName(path);
  if (bare !== mark && !bare.endsWith(`.${mark}`)) return undefined;
  const words = path.split(".");
  let left = bareName(bare.slice(0, -mark.length)).split(".").length - 1;
  const rest = words.findIndex((word) => !wrappers.has(word) && left-- === 0);
  return words.slice(0, rest).map((word) => `${word}.`).join("");
}
