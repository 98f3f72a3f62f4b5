import { collectTensors } from "./collect_tensors.ts";
import { Cursor } from "./pickle_cursor.ts";
import { interpret, type Interpretation, refuseUnknown } from "./pytorch_pickle.ts";
import type { Source } from "./source.ts";
import { bytesOf, type TorchStorage } from "./tensor_view.ts";

/** The number with which the format begins. */
const LEGACY = 0x1950a86a20f9469cfc6cn;

/** The longest pickles of such a file: they may hold arrays, as those of programs on JAX do. */
const MAX_PICKLES = 2 ** 31;

const unknown = "it is neither a checkpoint of PyTorch nor safetensors";

/**
 * What `torch.save` wrote before PyTorch 1.6: number, version and machine as pickles, then the
 * pickle itself, the keys of the storages as one more, and the storages: each its number of
 * elements in 8 bytes and the elements. Also a pickle that holds its arrays itself, as programs on
 * JAX write it.
 *
 * @throws {SyntaxError} If it is damaged, or no checkpoint.
 */
export function readLegacy(source: Source): Interpretation {
  // Pickles begin with a protocol, and before protocol 2 mostly with a name or a mark.
  if (![0x80, 0x63, 0x28].includes(source.read(0, 1)[0]!)) source.refuse(unknown);
  const cursor = new Cursor(source, 0, MAX_PICKLES);
  const first = interpret(cursor, source);
  if (first.value !== LEGACY) {
    if (Object.keys(collectTensors(first.value, source)).some(Boolean)) return first;
    refuseUnknown(first, source);
    source.refuse(unknown);
  }
  interpret(cursor, source);
  const machine = interpret(cursor, source).value;
  if (machine instanceof Map && machine.get("little_endian") === false) {
    source.refuse(
      "it was written on a machine whose numbers have the greatest byte first",
      "load it with PyTorch and save it anew on another machine",
    );
  }
  const content = interpret(cursor, source);
  const { storages } = content;
  const keys = interpret(cursor, source).value;
  let start = cursor.position;
  for (const key of Array.isArray(keys) ? keys : source.refuse("it names no storages")) {
    const storage = storages.get(String(key));
    if (!storage) return source.refuse(`no tensor says what its storage "${key}" holds`);
    start = locateStorage(storage, source, start);
  }
  for (const { key, read } of storages.values()) {
    if (!read) source.refuse(`it lacks the storage "${key}" that its tensors name`);
  }
  return content;
}

/** Notes where a storage lies that begins at `start`, and says where the next one begins. */
function locateStorage(storage: TorchStorage, source: Source, start: number): number {
  const { key } = storage;
  const count = Number(new DataView(source.read(start, 8).buffer).getBigInt64(0, true));
  if (count !== storage.count) {
    source.refuse(`storage "${key}" has ${count} elements, and should have ${storage.count}`);
  }
  const [first, length] = [start + 8, bytesOf(storage)];
  if (first + length > source.size) {
    source.refuse(`it is truncated: byte ${first + length} is needed, and it has ${source.size}`);
  }
  storage.read = () => source.read(first, length);
  return first + length;
}
