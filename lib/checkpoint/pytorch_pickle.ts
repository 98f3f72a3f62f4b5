import { unpickle } from "./pickle.ts";
import type { Cursor } from "./pickle_cursor.ts";
import { quoteName } from "./quote_names.ts";
import { pytorchGlobal, type TorchType } from "./pytorch_globals.ts";
import type { Source } from "./source.ts";
import { type TorchStorage, Unfit } from "./tensor_view.ts";

/** A pickle's value, and by key the storages in which its tensors lie. */
export type Interpretation = { value: unknown; storages: Map<string, TorchStorage> };

/**
 * Reads one pickle of a checkpoint.
 *
 * @throws {SyntaxError} If it is damaged, or names what no checkpoint needs.
 */
export function interpret(cursor: Cursor, source: Source): Interpretation {
  const storages = new Map<string, TorchStorage>();
  const value = explained(source, () =>
    unpickle(cursor, {
      global: (name) =>
        pytorchGlobal(name) ?? source.refuse(
          `its pickle names ${quoteName(name)}, which no checkpoint needs; nothing was executed`,
        ),
      persistent: (id) => storageOf(id, storages),
    }));
  return { value, storages };
}

/** The storage that an identifier stands for; a new one is added to the others. */
function storageOf(id: unknown, storages: Map<string, TorchStorage>): TorchStorage {
  const [kind, type, key, , count, part] = Array.isArray(id) ? id : [];
  const { name, dtype } = (type ?? {}) as Partial<TorchType>;
  if (kind !== "storage" || !name?.endsWith("Storage") || typeof key !== "string") {
    throw new Unfit("a reference to something that is no storage");
  }
  if (!Number.isSafeInteger(count) || count < 0) throw new Unfit("a storage without size");
  const storage = storages.get(key) ?? { key, dtype, count };
  if (storage.count !== count || storage.dtype !== dtype) {
    throw new Unfit(`two descriptions of storage "${key}"`);
  }
  storages.set(key, storage);
  if (part) throw new Unfit("a storage within another, as PyTorch before 0.4 wrote it");
  return storage;
}

/** Says in a sentence what a pickle's functions do not take. */
function explained<T>(source: Source, f: () => T): T {
  try {
    return f();
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
    if (error instanceof Unfit) return source.refuse(`its pickle holds ${error.message}`);
    return source.refuse("its pickle calls functions with arguments that they do not take");
  }
}
