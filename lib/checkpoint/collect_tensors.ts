import { isDtype, refuseDtype } from "./dtype.ts";
import { NumpyArray } from "./numpy_globals.ts";
import { Placeholder } from "./placeholder.ts";
import { quoteName } from "./quote_names.ts";
import type { Located } from "./stored.ts";
import type { Source } from "./source.ts";
import { TensorView } from "./tensor_view.ts";

/** Containers within containers, and values within them, that are visited at most. */
const MAX_DEPTH = 64, MAX_VISITS = 1e6;

/** Attributes under which modules of PyTorch keep what their names do not mention. */
const ofModules = new Set<unknown>(["_modules", "_parameters", "_buffers"]);

/**
 * The tensors of a value by path, the keys joined by dots; also those within placeholders, each of
 * which is visited once, since objects may refer to each other in circles.
 *
 * @throws {SyntaxError} If two have the same path, or containers lie too deep within each other.
 */
export function collectTensors(root: unknown, source: Source): Record<string, Located> {
  const tensors: Record<string, Located> = Object.create(null);
  const visited = new Set<Placeholder>();
  let visits = 0;
  const add = (name: string, view: TensorView) => {
    if (name in tensors) source.refuse(`it holds two tensors called ${quoteName(name)}`);
    const { dtype, shape } = view;
    const read = () => isDtype(dtype) ? view.values() : refuseDtype(dtype, name, source.name);
    tensors[name] = { dtype, shape, read };
  };
  const walk = (value: unknown, path: string[]) => {
    if (path.length > MAX_DEPTH || ++visits > MAX_VISITS) {
      source.refuse("its containers lie too deep within each other");
    }
    if (value instanceof TensorView) add(path.join("."), value);
    else if (value instanceof NumpyArray && value.view) add(path.join("."), value.view);
    else if (value instanceof Placeholder && visited.has(value)) return;
    if (value instanceof Placeholder) visited.add(value);
    for (const [i, [key, inner]] of pickleParts(value).entries()) {
      const within = value instanceof Placeholder && ofModules.has(key);
      walk(inner, within ? path : [...path, isName(key) ? String(key) : `#${i}`]);
    }
  };
  walk(root, []);
  return tensors;
}

/** What a value of a pickle holds by key, if it is a container or an object. */
export function pickleParts(value: unknown): [key: unknown, value: unknown][] {
  if (value instanceof Map) return [...value];
  if (value instanceof Placeholder) return value.parts;
  return Array.isArray(value) ? [...value.entries()] : [];
}

/** Whether a key says something in a path. */
function isName(key: unknown): boolean {
  return typeof key !== "object" || key === null;
}
