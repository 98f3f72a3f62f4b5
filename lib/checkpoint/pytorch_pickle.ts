import { unpickle } from "./pickle.ts";
import type { Cursor } from "./pickle_cursor.ts";
import { quoteName } from "./quote_names.ts";
import { inert } from "./placeholder.ts";
import { isHarmful, pytorchGlobal, type TorchType } from "./pytorch_globals.ts";
import type { Source } from "./source.ts";
import { type TorchStorage, Unfit } from "./tensor_view.ts";

/** What a pickle says. */
export type Interpretation = {
  value: unknown;
  /** By key the storages in which its tensors lie. */
  storages: Map<string, TorchStorage>;
  /** The names that are not known here. */
  unknown: string[];
};

/**
 * Reads one pickle of a checkpoint.
 *
 * @throws {SyntaxError} If it is damaged, or names what is there to do harm.
 */
export function interpret(cursor: Cursor, source: Source): Interpretation {
  const storages = new Map<string, TorchStorage>();
  const unknown: string[] = [];
  const global = (name: string) => {
    if (isHarmful(name)) {
      source.refuse(
        `its pickle names ${
          quoteName(name)
        }, which no checkpoint needs, and would run code where ` +
          "PyTorch unpickles it; nothing was executed",
        "do not load it elsewhere; have its weights saved alone, as safetensors, or take another",
      );
    }
    const type = pytorchGlobal(name);
    if (!type || type.dtype === name) unknown.push(name);
    return type ?? inert(name);
  };
  const value = explained(
    source,
    () => unpickle(cursor, { global, persistent: (id) => persistent(id, storages) }),
  );
  return { value, storages, unknown };
}

/** What an identifier stands for: a storage, or in old files the class of a module. */
function persistent(id: unknown, storages: Map<string, TorchStorage>): unknown {
  if (Array.isArray(id) && id[0] === "module" && id.length > 1) return id[1];
  return storageOf(id, storages);
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

/** Refuses a pickle in which nothing but unknown names can be what is looked for. */
export function refuseUnknown({ unknown: [name] }: Interpretation, source: Source): void {
  if (name === undefined) return;
  source.refuse(
    `it holds no tensors that are read here, but its pickle names ${quoteName(name)}; nothing ` +
      "was executed",
    "save the tensors of the network alone, its state_dict, or take another file",
  );
}
