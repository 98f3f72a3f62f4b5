import type { Stored } from "../checkpoint/mod.ts";
import type { Config } from "../configs/mod.ts";
import type { Vit } from "../models/mod.ts";
import { kebab } from "./config_flags.ts";

/** Sizes that weights must have to be used under a configuration. */
type Sizes = Pick<Config, "width" | "depth" | "patchSize" | "heads" | "mlpRatio" | "imageSize">;

/** A ViT's weights as they lie in a checkpoint. */
export type Weights = {
  path: string;
  /** SHA-256 of the file. */
  fingerprint: string;
  /** The configuration in the checkpoint, or as much of one as the shapes tell. */
  config: Partial<Config> & Sizes;
  /** Parameters of the backbone under their names in a {@linkcode Vit}. */
  tensors: Record<string, Stored>;
};

/** Where the backbone lies: in a checkpoint of ours, of the teacher alone, or by itself. */
const places = ["teacher.backbone.", "backbone.", "teacher.", ""];

/**
 * Opens a checkpoint for its teacher's ViT.
 *
 * @param asked The fields that the command line names: a checkpoint with other sizes is refused.
 * @throws {Error} If the file is missing, damaged, holds no ViT, or one of other sizes.
 */
export async function openWeights(path: string, asked: Partial<Config> = {}): Promise<Weights> {
  const [{ parse }, { digest }] = await Promise.all([
    import("../checkpoint/mod.ts"),
    import("../runs/mod.ts"),
  ]);
  const bytes = await Deno.readFile(path).catch((error) => {
    const missing = error instanceof Deno.errors.NotFound;
    throw new Error(`Cannot read ${path}: ${missing ? "there is no such file" : error.message}`);
  });
  const { tensors, metadata } = parse(bytes, path);
  const place = places.find((prefix) => `${prefix}cls_token` in tensors);
  if (place === undefined) {
    throw new Error(`Cannot use ${path}: it holds no ViT (there is no tensor "cls_token")`);
  }
  const own = Object.fromEntries(
    Object.entries(tensors).filter(([name]) => name.startsWith(place))
      .map(([name, tensor]) => [name.slice(place.length), tensor]),
  );
  const stored = configuration(metadata.config);
  const config = { ...stored, ...sizes(path, own, { ...stored, ...asked }) };
  for (const name of ["width", "depth", "patchSize", "heads", "imageSize"] as const) {
    const resizable = name === "imageSize";
    if (resizable || asked[name] === undefined || asked[name] === config[name]) continue;
    throw new Error(
      `Cannot use ${path} with --${kebab(name)} ${asked[name]}: its network has ${
        kebab(name).replace("-", " ")
      } ${config[name]}`,
    );
  }
  return { path, fingerprint: await digest(bytes), config, tensors: own };
}

/** The weights as tensors. */
export async function toVit({ tensors }: Weights): Promise<Vit> {
  const tf = await import("@tensorflow/tfjs");
  const { unflatten } = await import("../tree/mod.ts");
  const named = Object.entries(tensors)
    .filter(([name]) =>
      /^(cls_token|pos_embed|patch_embed|blocks|norm|relation_blocks)\b/.test(name)
    )
    .map((
      [name, { data, shape }],
    ) => [name, tf.tensor(Float32Array.from(data as Float32Array), shape)]);
  return unflatten<Vit>(Object.fromEntries(named));
}

function configuration(text: string | undefined): Partial<Config> {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return {};
  }
}

/** What the shapes tell; the number of heads they do not: 64 numbers a head, as in all published sizes. */
function sizes(path: string, tensors: Record<string, Stored>, known: Partial<Config>): Sizes {
  const shape = (name: string, rank: number) => {
    const found = tensors[name]?.shape;
    if (found?.length === rank) return found;
    throw new Error(
      `Cannot use ${path}: its ViT has no tensor "${name}"` + (found ? ` of rank ${rank}` : ""),
    );
  };
  const [, , width] = shape("cls_token", 3);
  const [, positions] = shape("pos_embed", 3);
  const [, , patchSize] = shape("patch_embed.proj.weight", 4);
  const [hidden] = shape("blocks.0.mlp.fc1.weight", 2);
  shape("norm.weight", 1);
  const blocks = Object.keys(tensors).flatMap((name) => /^blocks\.(\d+)\./.exec(name)?.[1] ?? []);
  return {
    width,
    patchSize,
    depth: 1 + Math.max(...blocks.map(Number)),
    heads: known.heads ?? Math.max(1, Math.round(width / 64)),
    mlpRatio: hidden / width,
    imageSize: Math.round(Math.sqrt(positions - 1)) * patchSize,
  };
}
