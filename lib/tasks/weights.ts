import type { StoredBackbone } from "../checkpoint/mod.ts";
import type { Config } from "../configs/mod.ts";
import type { Vit } from "../models/mod.ts";
import { kebab } from "./config_flags.ts";

/** A ViT's weights as they lie in a checkpoint. */
export type Weights = {
  path: string;
  /** SHA-256 of the file. */
  fingerprint: string;
  /** The configuration in the checkpoint, or as much of one as the shapes tell. */
  config: Partial<Config> & StoredBackbone["sizes"];
  stored: StoredBackbone;
};

/**
 * Opens a checkpoint for its teacher's ViT.
 *
 * @param asked The fields that the command line names, or its preset: a checkpoint with other sizes is refused.
 * @throws {Error} If the file is missing, damaged, holds no ViT, or one of other sizes.
 */
export async function openWeights(path: string, asked: Partial<Config> = {}): Promise<Weights> {
  const { findBackbone, parse } = await import("../checkpoint/mod.ts");
  const { digest } = await import("../runs/mod.ts");
  const bytes = await Deno.readFile(path).catch((error) => {
    const missing = error instanceof Deno.errors.NotFound;
    throw new Error(`Cannot read ${path}: ${missing ? "there is no such file" : error.message}`);
  });
  const file = parse(bytes, path);
  const named = asked.arch !== undefined && asked.arch !== "custom";
  const stored = findBackbone(file, path, named ? {} : { heads: asked.heads });
  const { sizes } = stored;
  for (const name of ["width", "depth", "patchSize", "mlpRatio"] as const) {
    if (asked[name] === undefined || asked[name] === sizes[name]) continue;
    const field = `${kebab(name)} ${asked[name]}`;
    const asker = asked.preset !== undefined
      ? `--preset ${asked.preset} (${field})`
      : named
      ? `--arch ${asked.arch} (${field})`
      : `--${field}`;
    throw new Error(
      `Cannot use ${path} as ${asker}: its network has ${kebab(name)} ${sizes[name]}`,
    );
  }
  const known = configuration(file.metadata.config);
  return { path, stored, fingerprint: await digest(bytes), config: { ...known, ...sizes } };
}

/** The weights as tensors. */
export async function toVit({ stored }: Weights): Promise<Vit> {
  const { toTensors } = await import("../checkpoint/mod.ts");
  const { unflatten } = await import("../tree/mod.ts");
  return unflatten<Vit>(toTensors(stored.tensors));
}

function configuration(text: string | undefined): Partial<Config> {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return {};
  }
}
