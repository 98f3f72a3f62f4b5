import { openTensors, readTensors, type Stored, toTensors } from "../checkpoint/mod.ts";
import { dispose, flatten, type Named, unflatten } from "../tree/mod.ts";
import {
  type BackboneOptions,
  findBackbone,
  type LocatedBackbone,
  vitMarks,
} from "./find_backbone.ts";
import { untrained } from "./backbone.ts";
import { type FamilyMarks, prefixesOf } from "./locate.ts";
import { type ResnetEncoder, resnetEncoder } from "./resnet/encoder.ts";
import { findResnet, resnetMarks } from "./resnet/find.ts";
import type { Resnet } from "./resnet/resnet.ts";
import { type VitEncoder, vitEncoder, type VitEncoderOptions } from "./vit/encoder.ts";
import type { Vit } from "./vit/vit.ts";

/** A vision transformer that has been read from a file, and not yet been made into tensors. */
export type StoredBackbone = Omit<LocatedBackbone, "tensors"> & {
  tensors: Record<string, Stored>;
  metadata: Record<string, string>;
};

/** How an encoder is loaded. */
export type LoadOptions = Omit<BackboneOptions, "partial"> & Partial<VitEncoderOptions>;

/**
 * Reads the vision transformer of a checkpoint, safetensors or PyTorch's, and nothing else of it;
 * see {@linkcode findBackbone}.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If the file is damaged, or names what no checkpoint needs.
 * @throws {TypeError} If it holds no complete vision transformer.
 */
export function readBackbone(path: string, options: BackboneOptions = {}): StoredBackbone {
  using file = openTensors(path);
  const backbone = findBackbone(file, path, options);
  return { ...backbone, tensors: readTensors(backbone.tensors), metadata: file.metadata };
}

/** The parameters of a backbone that has been read; what is missing is as before training. */
export function toParams({ tensors, missing, sizes }: StoredBackbone): Vit {
  const loaded = toTensors(tensors);
  if (Object.keys(missing).length === 0) return unflatten<Vit>(loaded);
  const { params: fresh } = untrained({ ...sizes, seed: 0 });
  const whole: Named = {};
  for (const [name, tensor] of Object.entries(flatten(fresh))) {
    whole[name] = loaded[name] ?? tensor;
    if (loaded[name]) dispose(tensor);
  }
  return unflatten<Vit>(whole);
}

/**
 * The encoder of the vision transformer in a checkpoint, safetensors or PyTorch's.
 *
 * @param options How the network is chosen in the file; what it is called (by default by its path),
 * and the precision of its matrix products.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If the file is damaged, or names what no checkpoint needs.
 * @throws {TypeError} If it holds no complete vision transformer.
 */
export function loadVit(
  path: string,
  { key, heads, ...options }: LoadOptions = {},
): VitEncoder {
  const stored = readBackbone(path, { key, heads });
  return vitEncoder(toParams(stored), { name: path, ...options, heads: stored.sizes.heads });
}

/**
 * The encoder of a checkpoint, safetensors or PyTorch's: of its vision transformer, or its residual
 * network.
 *
 * @param options How the network is chosen in the file; what it is called (by default by its path),
 * and the precision of its matrix products.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If the file is damaged, or names what no checkpoint needs.
 * @throws {TypeError} If it holds no complete backbone.
 */
export function loadEncoder(
  path: string,
  { key, heads, ...options }: LoadOptions = {},
): VitEncoder | ResnetEncoder {
  using file = openTensors(path);
  const paths = Object.keys(file.tensors);
  const holds = ({ mark }: FamilyMarks) => prefixesOf(paths, mark).length > 0;
  if (holds(resnetMarks) && !holds(vitMarks)) {
    const { tensors } = findResnet(file.tensors, path, { key });
    const params = unflatten<Resnet>(toTensors(readTensors(tensors)));
    return resnetEncoder(params, { name: path, ...options });
  }
  return loadVit(path, { key, heads, ...options });
}
