import { quoteName } from "./quote_names.ts";
import type { Located } from "./stored.ts";
import type { Source } from "./source.ts";
import { TensorView } from "./tensor_view.ts";

/** Containers within containers, and values within them, that are visited at most. */
const MAX_DEPTH = 64, MAX_VISITS = 1e6;

/**
 * The tensors of a value by path, the keys joined by dots.
 *
 * @throws {SyntaxError} If two have the same path, or containers lie too deep within each other.
 */
export function collectTensors(root: unknown, source: Source): Record<string, Located> {
  const tensors: Record<string, Located> = Object.create(null);
  let visits = 0;
  const walk = (value: unknown, path: string[]) => {
    if (path.length > MAX_DEPTH || ++visits > MAX_VISITS) {
      source.refuse("its containers lie too deep within each other");
    }
    if (value instanceof TensorView) {
      const name = path.join(".");
      if (name in tensors) source.refuse(`it holds two tensors called ${quoteName(name)}`);
      const { dtype, shape } = value;
      tensors[name] = { dtype, shape, read: () => value.values() };
    } else if (value instanceof Map) {
      for (const [key, inner] of value) walk(inner, [...path, String(key)]);
    } else if (Array.isArray(value)) {
      for (const [i, inner] of value.entries()) walk(inner, [...path, String(i)]);
    }
  };
  walk(root, []);
  return tensors;
}
