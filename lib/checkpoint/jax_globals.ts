import { type NumpyArray, numpyGlobals } from "./numpy_globals.ts";
import type { Global } from "./pickle_machine.ts";
import { Unfit } from "./tensor_view.ts";

/** An array by what would be called for an empty one, and the state that it would take. */
const array = ([, , state]: unknown[]): NumpyArray => {
  const { make, build } = numpyGlobals["numpy.core.multiarray._reconstruct"]!;
  const array = make!([]) as NumpyArray;
  build!(array, state);
  return array;
};

/** The class of named tuples that dill makes anew where it is read: one becomes a map. */
const namedTuple = ([name, fields]: unknown[]): Global => {
  if (typeof name !== "string" || !Array.isArray(fields)) {
    throw new Unfit("a named tuple without fields");
  }
  return { name, make: (values) => new Map(fields.map((field, i) => [field, values[i]])) };
};

/**
 * What pickles of programs on JAX call beside NumPy: dill, which writes them, and JAX's arrays.
 *
 * Source: dill, dill/_dill.py, `_create_array` and `_create_namedtuple`; JAX, jax/_src/array.py,
 * `_reconstruct_array`.
 */
export const jaxGlobals: Record<string, Omit<Global, "name">> = {
  "dill._dill._create_array": { make: array },
  "dill._dill._create_namedtuple": { make: namedTuple },
  "jax._src.array._reconstruct_array": { make: array },
};
