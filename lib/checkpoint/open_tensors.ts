import { type PyTorch, readPyTorch } from "./pytorch.ts";
import { locateTensors } from "./safetensors_header.ts";
import { openSource, type Source } from "./source.ts";
import type { Located } from "./stored.ts";

/** A file of named tensors, of whatever format, open until it is disposed of. */
export type TensorFile = Disposable & {
  path: string;
  /** Of safetensors; PyTorch's files have none. */
  metadata: Record<string, string>;
  /** By path; each is read when it is wanted. */
  tensors: Record<string, Located>;
  /** What a PyTorch file holds beside tensors, such as the arguments of its program. */
  root: PyTorch["root"];
};

/**
 * Opens a file of tensors: safetensors, or what `torch.save` has written. The content decides, not
 * the name.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If it is damaged, or neither of both.
 */
export function openTensors(path: string): TensorFile {
  const source = openSource(path);
  try {
    const content = isSafetensors(source)
      ? { ...locateTensors(source), root: null }
      : { metadata: {}, ...readPyTorch(source) };
    return { path, ...content, [Symbol.dispose]: () => source[Symbol.dispose]() };
  } catch (error) {
    source[Symbol.dispose]();
    throw error;
  }
}

/**
 * Safetensors begin with the length of a JSON object, which follows; a torn file of that name is
 * one, too.
 */
function isSafetensors(source: Source): boolean {
  if (source.name.endsWith(".safetensors")) return true;
  return source.size > 8 && source.read(8, 1)[0] === "{".charCodeAt(0);
}
