import { openTensors, readTensors, type Stored, toTensors } from "../checkpoint/mod.ts";
import { dispose, flatten, type Named, unflatten } from "../tree/mod.ts";
import { type Backbone, encoderOf, untrained } from "./backbone.ts";
import { type BackboneOptions, findBackbone, type LocatedBackbone } from "./find_backbone.ts";
import type { ResnetEncoder } from "./resnet/encoder.ts";
import type { VitEncoder, VitEncoderOptions } from "./vit/encoder.ts";
import { findVit } from "./vit/find.ts";

/** A backbone that has been read from a file, and not yet been made into tensors. */
export type StoredBackbone = Omit<LocatedBackbone, "tensors"> & {
  tensors: Record<string, Stored>;
  metadata: Record<string, string>;
};

/** How an encoder is loaded. */
export type LoadOptions = Omit<BackboneOptions, "partial"> & Partial<VitEncoderOptions>;

/**
 * Reads the backbone of a checkpoint, safetensors, PyTorch's, a pickle of JAX or the index of
 * TensorFlow's, and nothing else of it; see {@linkcode findBackbone}.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If the file is damaged, or names what no checkpoint needs.
 * @throws {TypeError} If it holds no complete backbone.
 */
export function readBackbone(path: string, options: BackboneOptions = {}): StoredBackbone {
  return read(path, options, findBackbone);
}

function read(
  path: string,
  options: BackboneOptions,
  find: typeof findBackbone,
): StoredBackbone {
  using file = openTensors(path);
  const backbone = find(file, path, options);
  return { ...backbone, tensors: readTensors(backbone.tensors), metadata: file.metadata };
}

/** The parameters of a backbone that has been read; what is missing is as before training. */
export function toParams({ tensors, missing, sizes }: StoredBackbone): Backbone {
  const loaded = toTensors(tensors);
  if (Object.keys(missing).length === 0) return unflatten<Backbone>(loaded);
  const { params: fresh } = untrained({ ...sizes, seed: 0 });
  const whole: Named = {};
  for (const [name, tensor] of Object.entries(flatten(fresh))) {
    whole[name] = loaded[name] ?? tensor;
    if (loaded[name]) dispose(tensor);
  }
  return unflatten<Backbone>(whole);
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
export function loadVit(path: string, options: LoadOptions = {}): VitEncoder {
  return load(path, options, findVit) as VitEncoder;
}

/**
 * The encoder of a checkpoint, safetensors, PyTorch's, a pickle of JAX or the index of TensorFlow's:
 * of its vision transformer, or its residual network.
 *
 * @param options How the network is chosen in the file; what it is called (by default by its path),
 * and the precision of its matrix products.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError} If the file is damaged, or names what no checkpoint needs.
 * @throws {TypeError} If it holds no complete backbone.
 */
export function loadEncoder(
  path: string,
  options: LoadOptions = {},
): VitEncoder | ResnetEncoder {
  return load(path, options, findBackbone);
}

function load(
  path: string,
  { key, heads, ...options }: LoadOptions,
  find: typeof findBackbone,
): VitEncoder | ResnetEncoder {
  const stored = read(path, { key, heads }, find);
  const { heads: stated, resnet } = stored.sizes;
  return encoderOf(toParams(stored), { name: path, ...options, heads: stated, resnet });
}
