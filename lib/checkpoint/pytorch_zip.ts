import { Cursor, MAX_PICKLE } from "./pickle_cursor.ts";
import { interpret, type Interpretation } from "./pytorch_pickle.ts";
import { type Source, sourceOfBytes } from "./source.ts";
import { bytesOf } from "./tensor_view.ts";
import { zipEntries, type ZipEntry } from "./zip.ts";

/**
 * What `torch.save` writes since PyTorch 1.6: an archive of a pickle and a file for each storage.
 *
 * @throws {SyntaxError} If it is damaged, or no checkpoint.
 */
export function readZip(source: Source): Interpretation {
  const files = zipEntries(source);
  const pickle = [...files.keys()].find((name) => /(^|\/)data\.pkl$/.test(name));
  if (pickle === undefined) {
    return source.refuse('it is an archive without "data.pkl", so no checkpoint of PyTorch');
  }
  const folder = pickle.slice(0, -"data.pkl".length);
  const order = files.get(`${folder}byteorder`);
  if (order && new TextDecoder().decode(order.read()) !== "little") {
    source.refuse(
      "it was written on a machine whose numbers have the greatest byte first",
      "load it with PyTorch and save it anew on another machine",
    );
  }
  const { size, read } = files.get(pickle)!;
  if (size > MAX_PICKLE) source.refuse(`its pickle has ${size} bytes`);
  const content = interpret(new Cursor(sourceOfBytes(read(), source.name)), source);
  for (const storage of content.storages.values()) {
    const file = files.get(`${folder}data/${storage.key}`);
    if (!file) return source.refuse(`it lacks the storage "${storage.key}" that its tensors name`);
    const bytes = bytesOf(storage);
    if (file.size < bytes) {
      source.refuse(`storage "${storage.key}" has ${file.size} bytes, and should have ${bytes}`);
    }
    storage.read = keepNewest(file);
  }
  return content;
}

/** The bytes of an entry, kept while tensor after tensor is read from it. */
function keepNewest(file: ZipEntry): () => Uint8Array {
  let newest: WeakRef<Uint8Array> | undefined;
  return () => {
    const bytes = newest?.deref() ?? file.read();
    newest = new WeakRef(bytes);
    return bytes;
  };
}
