import { type PyTorch, readPyTorch } from "./pytorch.ts";
import { locateTensors } from "./safetensors_header.ts";
import { isSortedTable } from "./sorted_table.ts";
import { openSource, type Source } from "./source.ts";
import type { Located } from "./stored.ts";
import { readTensorFlow } from "./tensorflow.ts";

/** A file of named tensors, of whatever format, open until it is disposed of. */
export type TensorFile = Disposable & {
  path: string;
  /** Of safetensors; other files have none. */
  metadata: Record<string, string>;
  /** By path; each is read when it is wanted. */
  tensors: Record<string, Located>;
  /** What a pickle holds beside tensors, such as the arguments of its program. */
  root: PyTorch["root"];
};

/**
 * Opens a file of tensors: safetensors, what `torch.save` has written, a pickle of arrays, or the
 * index of a checkpoint of TensorFlow, beside which its data lies. The content decides, not the
 * name. Nothing in it is executed.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If it is damaged, or none of these.
 */
export function openTensors(path: string): TensorFile {
  using sources = new DisposableStack();
  const open = (path: string) => sources.use(openSource(path));
  const content = contentOf(open(path), (ending) => open(path.replace(/\.index$/, ending)));
  const all = sources.move();
  return { path, metadata: {}, root: null, ...content, [Symbol.dispose]: () => all.dispose() };
}

/**
 * What a file holds.
 *
 * @param openData Opens the data file with an ending beside an index.
 */
function contentOf(
  source: Source,
  openData: (ending: string) => Source,
): Pick<TensorFile, "tensors"> & Partial<TensorFile> {
  if (isSafetensors(source)) return locateTensors(source);
  if (isSortedTable(source)) {
    if (!source.name.endsWith(".index")) {
      source.refuse(
        "it is the index of a checkpoint of TensorFlow, and its data cannot be found",
        "give it the name that it had, which ends in .index, beside its .data files",
      );
    }
    return { tensors: readTensorFlow(source, openData) };
  }
  const [, checkpoint] = /^(.*)\.data-\d{5}-of-\d{5}$/s.exec(source.name) ?? [];
  if (checkpoint !== undefined) {
    source.refuse(
      "it holds the data of a checkpoint of TensorFlow, and not what its tensors are called",
      `name the index beside it, ${checkpoint}.index`,
    );
  }
  return readPyTorch(source);
}

/**
 * Safetensors begin with the length of a JSON object, which follows; a torn file of that name is
 * one, too.
 */
function isSafetensors(source: Source): boolean {
  if (source.name.endsWith(".safetensors")) return true;
  return source.size > 8 && source.read(8, 1)[0] === "{".charCodeAt(0);
}
