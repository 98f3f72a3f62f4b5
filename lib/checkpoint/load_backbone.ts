import { type Named, type Tree, unflatten } from "../tree/mod.ts";
import { type BackboneOptions, findBackbone, type Sizes } from "./backbone.ts";
import { read } from "./safetensors.ts";
import { toTensors } from "./tensors.ts";

/** A vision transformer from a file. */
export type Backbone<Params extends Tree> = {
  /** Its parameters under the reference's names. */
  params: Params;
  sizes: Sizes;
  metadata: Record<string, string>;
};

/**
 * Loads the vision transformer of a checkpoint; see {@linkcode findBackbone}. The caller states the type of the
 * parameters: their names and shapes are checked.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If the file is damaged.
 * @throws {TypeError} If it holds no complete vision transformer.
 */
export async function loadBackbone<Params extends Tree>(
  path: string,
  options: BackboneOptions = {},
): Promise<Backbone<Params>> {
  const file = await read(path);
  const { tensors, sizes } = findBackbone(file, path, options);
  const named: Named = toTensors(tensors);
  return { params: unflatten<Params>(named), sizes, metadata: file.metadata };
}
