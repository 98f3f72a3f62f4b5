import { flatten, map, type Named, type Tree } from "../tree/mod.ts";
import { quoteNames } from "./quote_names.ts";
import { locateFile } from "./safetensors.ts";
import type { Located } from "./stored.ts";
import { writeSafetensors } from "./write_safetensors.ts";
import { fromTensors, toTensor } from "./tensors.ts";

/** What our checkpoints call their format: after this library, whatever the method. */
const format = "mugs";

/** The version of our checkpoints; it grows when an older reader could no longer read them. */
export const checkpointVersion = 1;

/**
 * Saves a tree of tensors, such as a training state, under the paths of its tensors.
 *
 * @param metadata Goes beside the format and its version; the configuration belongs under `config`,
 * as JSON.
 */
export async function saveTree(
  path: string,
  tree: Tree,
  metadata: Record<string, string> = {},
): Promise<void> {
  await writeSafetensors(path, fromTensors(flatten(tree)), {
    ...metadata,
    format,
    version: String(checkpointVersion),
  });
}

/** A checkpoint of ours: its metadata, and its tensors, by path, which still lie in the file. */
export type Checkpoint = {
  metadata: Record<string, string>;
  tensors: Record<string, Located>;
};

/**
 * Opens a checkpoint that {@linkcode saveTree} has written.
 *
 * @throws {SyntaxError} If the file is damaged.
 * @throws {TypeError} If it is no checkpoint of ours, or of a later version.
 */
export function openCheckpoint(path: string): Checkpoint {
  const { metadata, tensors } = locateFile(path);
  if (metadata.format !== format) {
    throw new TypeError(`Cannot continue from ${path}: it is no checkpoint of a training run`);
  }
  const version = Number(metadata.version);
  if (version !== checkpointVersion) {
    throw new TypeError(
      `Cannot continue from ${path}: its format is version ${metadata.version}, ` +
        `and this program reads ${checkpointVersion}`,
    );
  }
  return { metadata, tensors };
}

/**
 * The tree that a checkpoint holds.
 *
 * @param like A tree of the same structure, shapes and types, such as a new training state. Its
 * tensors are disposed of one after the other, as those of the checkpoint come: never are there two
 * of all.
 * @param name What to call the checkpoint in errors.
 * @throws {TypeError} If tensors are missing, unknown or misshapen: the checkpoint is of another
 * configuration.
 */
export function restoreTree<T extends Tree>(
  { tensors }: Checkpoint,
  like: T,
  name = "the checkpoint",
): T {
  const matched = match(tensors, flatten(like), name).values();
  return map((old) => {
    const { dtype, shape, read } = matched.next().value!; // in the order of map()
    old.dispose();
    return toTensor({ dtype, shape, data: read() });
  }, like);
}

/** The tensors of a checkpoint in the order of those that are expected, one for each. */
function match(tensors: Record<string, Located>, expected: Named, name: string): Located[] {
  const refuse = (why: string) => new TypeError(`Cannot continue from ${name}: ${why}`);
  const missing = Object.keys(expected).filter((path) => !(path in tensors));
  if (missing.length) throw refuse(`it lacks ${quoteNames(missing)}`);
  const unknown = Object.keys(tensors).filter((path) => !(path in expected));
  if (unknown.length) throw refuse(`there is no place for ${quoteNames(unknown)}`);
  return Object.entries(expected).map(([path, { shape }]) => {
    const tensor = tensors[path]!;
    if (String(tensor.shape) === String(shape)) return tensor;
    throw refuse(
      `"${path}" has shape [${tensor.shape}], and the configuration calls for [${shape}]`,
    );
  });
}
