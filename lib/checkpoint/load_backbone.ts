import { type Tree, unflatten } from "../tree/mod.ts";
import { type BackboneOptions, findBackbone, type LocatedBackbone } from "./backbone.ts";
import { openTensors } from "./open_tensors.ts";
import { readAll, type Stored } from "./safetensors.ts";
import type { Sizes } from "./sizes.ts";
import { toTensors } from "./tensors.ts";

/** A vision transformer that has been read from a file, and not yet been made into tensors. */
export type StoredBackbone = Omit<LocatedBackbone, "tensors"> & {
  tensors: Record<string, Stored>;
  metadata: Record<string, string>;
};

/** A vision transformer from a file. */
export type Backbone<Params extends Tree> = {
  /** Its parameters under the reference's names. */
  params: Params;
  sizes: Sizes;
  metadata: Record<string, string>;
};

/**
 * Reads the vision transformer of a checkpoint, safetensors or PyTorch's, and nothing else of it; see
 * {@linkcode findBackbone}.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If the file is damaged, or names what no checkpoint needs.
 * @throws {TypeError} If it holds no complete vision transformer.
 */
export function readBackbone(path: string, options: BackboneOptions = {}): StoredBackbone {
  using file = openTensors(path);
  const found = findBackbone(file, path, options);
  return { ...found, tensors: readAll(found.tensors), metadata: file.metadata };
}

/**
 * Loads the vision transformer of a checkpoint, safetensors or PyTorch's. The caller states the type of the parameters:
 * their names and shapes are checked.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If the file is damaged, or names what no checkpoint needs.
 * @throws {TypeError} If it holds no complete vision transformer.
 */
export async function loadBackbone<Params extends Tree>(
  path: string,
  options: Omit<BackboneOptions, "partial"> = {},
): Promise<Backbone<Params>> {
  const { tensors, sizes, metadata } = await readBackbone(path, { ...options, partial: false });
  return { params: unflatten<Params>(toTensors(tensors)), sizes, metadata };
}
