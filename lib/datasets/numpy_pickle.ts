import { type Global, readPickle } from "../checkpoint/mod.ts";

/** An array of NumPy in a pickle: its sizes, and its elements as bytes. */
export class PickledArray {
  /** Sizes of its axes; none before its state is known. */
  shape: number[] = [];
  /** The elements, rows first. */
  bytes: Uint8Array = new Uint8Array();
}

/** The most bytes of a pickle: CIFAR-100 written by Python 3 has some 230 MB. */
const LIMIT = 2 ** 29;

/**
 * A pickle of dictionaries, lists, texts, numbers and arrays of bytes, as CIFAR's Python version
 * holds them, written by Python 2 or 3.
 *
 * @throws {SyntaxError} If it is damaged, or names anything else.
 */
export function readNumpyPickle(path: string): unknown {
  return readPickle(path, { globals, string: textOrBytes, limit: LIMIT });
}

/** A string of Python 2, which holds text or the elements of an array. */
function textOrBytes(bytes: Uint8Array): string | Uint8Array {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes.slice();
  }
}

/** The bytes of what may have been taken for text. */
function toBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string") return new TextEncoder().encode(value);
  throw new SyntaxError("an array of the pickle has no elements");
}

const empty: Omit<Global, "name"> = {
  make: () => new PickledArray(),
  build: (array, state) => {
    const [, shape, type, columnsFirst, elements] = state as unknown[];
    const plain = type === "u1" && !columnsFirst;
    if (!(array instanceof PickledArray) || !Array.isArray(shape) || !plain) {
      throw new SyntaxError("the pickle holds an array that is not of bytes, rows first");
    }
    array.shape = shape.map(Number);
    array.bytes = toBytes(elements);
  },
};

/** All that such a pickle may name. */
const globals: Record<string, Omit<Global, "name">> = {
  "numpy.core.multiarray._reconstruct": empty,
  "numpy._core.multiarray._reconstruct": empty,
  "numpy.ndarray": {},
  "numpy.dtype": { make: ([code]) => code },
  // How Python 3 writes bytes for Python 2: as text whose characters are the bytes.
  "_codecs.encode": {
    make: ([text]) => Uint8Array.from(String(text), (character) => character.charCodeAt(0)),
  },
};
