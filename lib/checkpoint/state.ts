import { flatten, type Named, type Shapes, type Tree } from "../tree/mod.ts";
import { quoteNames } from "./quote_names.ts";
import { locateFile } from "./safetensors.ts";
import { type Located, readTensor } from "./stored.ts";
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

/** Whether a file with such metadata is one that {@linkcode saveTree} has written. */
export function isCheckpoint(metadata: Readonly<Record<string, string>>): boolean {
  return metadata.format === format;
}

/**
 * Opens a checkpoint that {@linkcode saveTree} has written.
 *
 * @throws {SyntaxError} If the file is damaged.
 * @throws {TypeError} If it is no checkpoint of ours, or of a later version.
 */
export function openCheckpoint(path: string): Checkpoint {
  const { metadata, tensors } = locateFile(path);
  if (!isCheckpoint(metadata)) {
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
 * The tensors of a checkpoint by path.
 *
 * @param expected The paths and shapes that the configuration calls for.
 * @param name What to call the checkpoint in errors.
 * @throws {TypeError} If tensors are missing, unknown or misshapen: the checkpoint is of another
 * configuration.
 */
export function restoreNamed(
  { tensors }: Checkpoint,
  expected: Shapes,
  name = "the checkpoint",
): Named {
  checkNames(tensors, expected, name);
  for (const [path, shape] of Object.entries(expected)) {
    const stored = tensors[path]!.shape;
    if (String(stored) === String(shape)) continue;
    throw new TypeError(
      `Cannot continue from ${name}: "${path}" has shape [${stored}], and the configuration ` +
        `calls for [${shape}]`,
    );
  }
  const entries = Object.keys(expected).map((path) => [path, toTensor(readTensor(tensors[path]!))]);
  return Object.fromEntries(entries);
}

function checkNames(tensors: Checkpoint["tensors"], expected: Shapes, name: string): void {
  const missing = Object.keys(expected).filter((path) => !(path in tensors));
  if (missing.length) {
    throw new TypeError(`Cannot continue from ${name}: it lacks ${quoteNames(missing)}`);
  }
  const unknown = Object.keys(tensors).filter((path) => !(path in expected));
  if (unknown.length) {
    throw new TypeError(
      `Cannot continue from ${name}: there is no place for ${quoteNames(unknown)}`,
    );
  }
}
