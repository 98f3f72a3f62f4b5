import { collectTensors } from "./collect_tensors.ts";
import { readLegacy } from "./pytorch_legacy.ts";
import { refuseUnknown } from "./pytorch_pickle.ts";
import { readZip } from "./pytorch_zip.ts";
import type { Located } from "./stored.ts";
import type { Source } from "./source.ts";

/** What `torch.save` has put into a file. */
export type PyTorch = {
  /** All of it: maps, arrays, numbers, texts, and `TensorView`s where tensors stand. */
  root: unknown;
  /** The tensors by path, the keys joined by dots; each is read when it is asked for. */
  tensors: Record<string, Located>;
};

/**
 * What `torch.save` has written: the zip format and the one before it. Nothing of it is executed:
 * objects of classes beyond an allow-list become placeholders. Of tensors only the places are
 * read.
 *
 * Source: PyTorch, torch/serialization.py.
 *
 * @throws {SyntaxError} If the file is damaged, truncated, no checkpoint, or names what is there to
 * do harm.
 */
export function readPyTorch(source: Source): PyTorch {
  if (source.size === 0) source.refuse("it is empty");
  const first = source.read(0, Math.min(4, source.size));
  const zipped = first[0] === 0x50 && first[1] === 0x4b && first[2] === 3 && first[3] === 4;
  const content = zipped ? readZip(source) : readLegacy(source);
  const tensors = collectTensors(content.value, source);
  if (!Object.keys(tensors).some(Boolean)) refuseUnknown(content, source);
  return { root: content.value, tensors };
}
