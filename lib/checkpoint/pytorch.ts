import { byteWidth } from "./dtype.ts";
import { unpickle } from "./pickle.ts";
import { Cursor, MAX_PICKLE } from "./pickle_cursor.ts";
import { pytorchGlobal, type TorchType } from "./pytorch_globals.ts";
import type { Located } from "./safetensors.ts";
import { type Source, sourceOfBytes } from "./source.ts";
import { type Storage, TensorView, Unfit } from "./tensor_view.ts";
import { zipEntries, type ZipEntry } from "./zip.ts";

/** What `torch.save` has put into a file. */
export type PyTorch = {
  /** All of it: maps, arrays, numbers, texts, and {@linkcode TensorView}s where tensors stand. */
  root: unknown;
  /** The tensors by path, the keys joined by dots; each is read when it is asked for. */
  tensors: Record<string, Located>;
};

/** The number with which the format before PyTorch 1.6 begins. */
const LEGACY = 0x1950a86a20f9469cfc6cn;

/** Containers within containers, and values within them, that are visited at most. */
const MAX_DEPTH = 64, MAX_VISITS = 1e6;

/**
 * What `torch.save` has written: the zip format and the one before it. Nothing of it is executed,
 * and names beyond an allow-list are refused. Of tensors only the places are read.
 *
 * Source: PyTorch, torch/serialization.py.
 *
 * @throws {SyntaxError} If the file is damaged, truncated, no checkpoint, or names what is not
 * allowed.
 */
export function readPyTorch(source: Source): PyTorch {
  if (source.size === 0) source.refuse("it is empty");
  const first = source.read(0, Math.min(4, source.size));
  const zipped = first[0] === 0x50 && first[1] === 0x4b && first[2] === 3 && first[3] === 4;
  const root = zipped ? readZip(source) : readLegacy(source);
  return { root, tensors: collect(root, source) };
}

function readZip(source: Source): unknown {
  const files = zipEntries(source);
  const pickle = [...files.keys()].find((name) => /(^|\/)data\.pkl$/.test(name));
  if (pickle === undefined) {
    return source.refuse('it is an archive without "data.pkl", so no checkpoint of PyTorch');
  }
  const folder = pickle.slice(0, -"data.pkl".length);
  const order = files.get(`${folder}byteorder`);
  if (order && new TextDecoder().decode(order.read()) !== "little") {
    source.refuse("it was written on a machine whose numbers have the greatest byte first");
  }
  const { size, read } = files.get(pickle)!;
  if (size > MAX_PICKLE) source.refuse(`its pickle has ${size} bytes`);
  const { value, storages } = interpret(new Cursor(sourceOfBytes(read(), source.name)), source);
  for (const storage of storages.values()) {
    const file = files.get(`${folder}data/${storage.key}`);
    if (!file) return source.refuse(`it lacks the storage "${storage.key}" that its tensors name`);
    const bytes = bytesOf(storage);
    if (file.size < bytes) {
      source.refuse(`storage "${storage.key}" has ${file.size} bytes, and should have ${bytes}`);
    }
    storage.read = newest(file);
  }
  return value;
}

/**
 * Number, version and machine as pickles, then the pickle itself, the storages' keys as one more,
 * and the storages: each its number of elements in 8 bytes and the elements.
 */
function readLegacy(source: Source): unknown {
  const unknown = "it is neither a checkpoint of PyTorch nor safetensors";
  // Pickles begin with a protocol, and before protocol 2 mostly with a name or a mark.
  if (![0x80, 0x63, 0x28].includes(source.read(0, 1)[0])) source.refuse(unknown);
  const cursor = new Cursor(source);
  if (interpret(cursor, source).value !== LEGACY) source.refuse(unknown);
  interpret(cursor, source);
  const machine = interpret(cursor, source).value;
  if (machine instanceof Map && machine.get("little_endian") === false) {
    source.refuse("it was written on a machine whose numbers have the greatest byte first");
  }
  const { value, storages } = interpret(cursor, source);
  const keys = interpret(cursor, source).value;
  let at = cursor.position;
  for (const key of Array.isArray(keys) ? keys : source.refuse("it names no storages")) {
    const storage = storages.get(String(key));
    if (!storage) return source.refuse(`no tensor says what its storage "${key}" holds`);
    const count = Number(new DataView(source.read(at, 8).buffer).getBigInt64(0, true));
    const [start, length] = [at + 8, bytesOf(storage)];
    if (count !== storage.count) {
      source.refuse(`storage "${key}" has ${count} elements, and should have ${storage.count}`);
    }
    if (start + length > source.size) {
      source.refuse(`it is truncated: byte ${start + length} is needed, and it has ${source.size}`);
    }
    storage.read = () => source.read(start, length);
    at = start + length;
  }
  for (const { key, read } of storages.values()) {
    if (!read) source.refuse(`it lacks the storage "${key}" that its tensors name`);
  }
  return value;
}

/** One pickle, and the storages that its tensors lie in. */
function interpret(cursor: Cursor, source: Source) {
  const storages = new Map<string, Storage>();
  const value = guarded(source, () =>
    unpickle(cursor, {
      global: (name) =>
        pytorchGlobal(name) ?? source.refuse(
          `its pickle names ${printable(name)}, which no checkpoint needs; nothing was executed`,
        ),
      persistent(id) {
        const [kind, type, key, , count, part] = Array.isArray(id) ? id : [];
        const { name, dtype } = (type ?? {}) as Partial<TorchType>;
        if (kind !== "storage" || !name?.endsWith("Storage") || typeof key !== "string") {
          throw new Unfit("a reference to something that is no storage");
        }
        if (!Number.isSafeInteger(count) || count < 0) throw new Unfit("a storage without size");
        const known = storages.get(key) ?? { key, dtype, count };
        if (known.count !== count || known.dtype !== dtype) {
          throw new Unfit(`two descriptions of storage "${key}"`);
        }
        storages.set(key, known);
        return part ? throwPart() : known;
      },
    }));
  return { value, storages };
}

/** Parts of storages were written by PyTorch before 0.4 alone. */
function throwPart(): never {
  throw new Unfit("a storage within another, as PyTorch before 0.4 wrote it");
}

/** Tells of what a pickle's functions do not take as a sentence. */
function guarded<T>(source: Source, f: () => T): T {
  try {
    return f();
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
    if (error instanceof Unfit) return source.refuse(`its pickle holds ${error.message}`);
    return source.refuse("its pickle calls functions with arguments that they do not take");
  }
}

/** The tensors of a value by path. */
function collect(root: unknown, source: Source): Record<string, Located> {
  const found: Record<string, Located> = Object.create(null);
  let visits = 0;
  const walk = (value: unknown, path: string[]) => {
    if (path.length > MAX_DEPTH || ++visits > MAX_VISITS) {
      source.refuse("its containers lie too deep within each other");
    }
    if (value instanceof TensorView) {
      const name = path.join(".");
      if (name in found) source.refuse(`it holds two tensors called ${printable(name)}`);
      const { dtype, shape } = value;
      found[name] = { dtype, shape, read: () => value.values() };
    } else if (value instanceof Map) {
      for (const [key, inner] of value) walk(inner, [...path, String(key)]);
    } else if (Array.isArray(value)) {
      value.forEach((inner, i) => walk(inner, [...path, String(i)]));
    }
  };
  walk(root, []);
  return found;
}

/** The bytes of an entry, kept while tensor after tensor is read from it. */
function newest(file: ZipEntry): () => Uint8Array {
  let kept: WeakRef<Uint8Array> | undefined;
  return () => {
    const bytes = kept?.deref() ?? file.read();
    kept = new WeakRef(bytes);
    return bytes;
  };
}

function bytesOf({ dtype, count }: Storage): number {
  return count * (dtype ? byteWidth(dtype) : 1);
}

/** A name from an untrusted file for a sentence. */
function printable(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}...` : name);
}
