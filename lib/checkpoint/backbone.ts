import { names } from "./names.ts";
import type { Safetensors, Stored } from "./safetensors.ts";

/** The sizes of a vision transformer, as far as a checkpoint tells them. */
export type Sizes = {
  /** Side in pixels of the images that the position embeddings are made for. */
  imageSize: number;
  patchSize: number;
  width: number;
  depth: number;
  heads: number;
  mlpRatio: number;
  relationBlocks: number;
};

/** A vision transformer as it lies in a file. */
export type StoredBackbone = {
  /** What its names begin with in the file, such as `teacher.backbone.`. */
  prefix: string;
  sizes: Sizes;
  /** Its tensors without the prefix, `blocks.0.attn.qkv.weight`. */
  tensors: Record<string, Stored>;
};

/** How a backbone is chosen. */
export type BackboneOptions = {
  /** Which network of a training state: the teacher, which is what is scored, or the student. */
  key?: "teacher" | "student";
  /** Number of attention heads, for files that do not say it. */
  heads?: number;
};

/** Attention heads of the published widths. */
const publishedHeads: Record<number, number> = { 192: 3, 384: 6, 768: 12, 1024: 16 };

/**
 * Finds the vision transformer in a file: of a training state, or lying there alone. Architecture and patch size are
 * those of the shapes; the number of heads, which shapes do not tell, that of the configuration in the metadata, else
 * that of the published model of this width.
 *
 * @param name What to call the file in errors.
 * @throws {TypeError} If the file holds no vision transformer, or one with missing, unknown or misshapen tensors.
 */
export function findBackbone(
  { tensors, metadata }: Safetensors,
  name: string,
  { key = "teacher", heads }: BackboneOptions = {},
): StoredBackbone {
  const prefix = place(Object.keys(tensors), name, key);
  const own = Object.fromEntries(
    Object.entries(tensors).filter(([path]) => path.startsWith(prefix))
      .map(([path, tensor]) => [path.slice(prefix.length), tensor]),
  );
  const sizes = { ...measure(own, name), heads: 0 };
  sizes.heads = heads ?? configured(metadata) ?? publishedHeads[sizes.width];
  if (!sizes.heads) {
    throw new TypeError(
      `Cannot use ${name}: it does not say how many attention heads its network of width ${sizes.width} has`,
    );
  }
  if (sizes.width % sizes.heads) {
    throw new TypeError(
      `Cannot use ${name}: ${sizes.heads} attention heads do not divide width ${sizes.width}`,
    );
  }
  verify(own, shapes(sizes), name);
  return { prefix, sizes, tensors: own };
}

/** The names and shapes of a vision transformer's tensors, as the reference has them. */
export function shapes(sizes: Omit<Sizes, "heads">): Record<string, number[]> {
  const { imageSize, patchSize, width, depth, mlpRatio, relationBlocks } = sizes;
  const hidden = width * mlpRatio;
  const block = (path: string) => ({
    ...layer(`${path}.norm1`, [width]),
    ...layer(`${path}.attn.qkv`, [3 * width, width]),
    ...layer(`${path}.attn.proj`, [width, width]),
    ...layer(`${path}.norm2`, [width]),
    ...layer(`${path}.mlp.fc1`, [hidden, width]),
    ...layer(`${path}.mlp.fc2`, [width, hidden]),
  });
  const blocks = (path: string, count: number) =>
    Object.assign({}, ...Array.from({ length: count }, (_, i) => block(`${path}.${i}`)));
  return {
    cls_token: [1, 1, width],
    pos_embed: [1, 1 + (imageSize / patchSize) ** 2, width],
    ...layer("patch_embed.proj", [width, 3, patchSize, patchSize]),
    ...blocks("blocks", depth),
    ...layer("norm", [width]),
    ...blocks("relation_blocks", relationBlocks),
  };
}

function layer(path: string, shape: number[]): Record<string, number[]> {
  return { [`${path}.weight`]: shape, [`${path}.bias`]: [shape[0]] };
}

/** Where the backbone lies: under the key, or alone in the file. */
function place(paths: string[], name: string, key: string): string {
  const mark = "patch_embed.proj.weight";
  const found = paths.filter((path) => path.endsWith(mark)).map((p) => p.slice(0, -mark.length));
  const own = found.find((prefix) => prefix.startsWith(`${key}.`));
  const alone = found.find((prefix) => !/^(teacher|student)\./.test(prefix));
  if (own !== undefined) return own;
  if (alone !== undefined) return alone;
  throw new TypeError(
    found.length
      ? `Cannot use the ${key} of ${name}: it holds ${names(found)} alone`
      : `Cannot use ${name}: it holds no vision transformer (there is no "${mark}")`,
  );
}

function measure(tensors: Record<string, Stored>, name: string): Omit<Sizes, "heads"> {
  const shape = (path: string, rank: number) => {
    const found = tensors[path]?.shape;
    if (found?.length === rank) return found;
    throw new TypeError(
      `Cannot use ${name}: its vision transformer has no tensor "${path}" of rank ${rank}`,
    );
  };
  const [width, , patchSize] = shape("patch_embed.proj.weight", 4);
  const [, positions] = shape("pos_embed", 3);
  const [hidden] = shape("blocks.0.mlp.fc1.weight", 2);
  const side = Math.sqrt(positions - 1);
  if (!Number.isInteger(side)) {
    throw new TypeError(`Cannot use ${name}: its ${positions - 1} positions are no square grid`);
  }
  return {
    imageSize: side * patchSize,
    patchSize,
    width,
    depth: count(tensors, "blocks"),
    mlpRatio: hidden / width,
    relationBlocks: count(tensors, "relation_blocks"),
  };
}

/** One more than the greatest index beneath a path. */
function count(tensors: Record<string, Stored>, path: string): number {
  const indices = Object.keys(tensors)
    .filter((name) => name.startsWith(`${path}.`)).map((name) => Number(name.split(".")[1]));
  return indices.length ? Math.max(...indices) + 1 : 0;
}

function verify(
  tensors: Record<string, Stored>,
  expected: Record<string, number[]>,
  name: string,
) {
  const missing = Object.keys(expected).filter((path) => !(path in tensors));
  if (missing.length) {
    throw new TypeError(`Cannot use ${name}: its vision transformer lacks ${names(missing)}`);
  }
  const unknown = Object.keys(tensors).filter((path) => !(path in expected));
  if (unknown.length) {
    throw new TypeError(`Cannot use ${name}: no vision transformer has ${names(unknown)}`);
  }
  for (const [path, shape] of Object.entries(expected)) {
    const found = tensors[path].shape;
    if (String(found) === String(shape)) continue;
    throw new TypeError(
      `Cannot use ${name}: "${path}" has shape [${found}] where the other tensors call for [${shape}]`,
    );
  }
}

function configured(metadata: Record<string, string>): number | undefined {
  try {
    const { heads } = JSON.parse(metadata.config ?? "{}");
    return Number.isInteger(heads) && heads > 0 ? heads : undefined;
  } catch {
    return undefined;
  }
}
