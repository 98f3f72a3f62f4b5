import { type Located, quoteNames } from "../checkpoint/mod.ts";
import type { Shapes } from "./shapes.ts";
import type { VitSizes } from "./vit/config.ts";
import { fuseAttention } from "./vit/fuse_attention.ts";
import { measureVit } from "./vit/measure.ts";
import { vitShapes } from "./vit/shapes.ts";

/** A vision transformer as it lies in a file. */
export type LocatedBackbone = {
  /** What its names begin with in the file, such as `teacher.backbone.`. */
  prefix: string;
  sizes: VitSizes;
  /** Its tensors without the prefix, `blocks.0.attn.qkv.weight`. */
  tensors: Record<string, Located>;
  /** Those that the file lacks: none unless `partial` allows it. */
  missing: Shapes;
  /** Those that lie beside them and have no part in the features: heads. */
  leftOver: Shapes;
};

/** How a backbone is chosen. */
export type BackboneOptions = {
  /**
   * What the names of the network begin with, such as `student`; by default the first of `teacher`,
   * `student`, `state_dict` and `model`, else the only one.
   */
  key?: string;
  /** Number of attention heads, for files that do not say it. */
  heads?: number;
  /** Whether tensors may be missing, and others without a place. */
  partial?: boolean;
};

/** Attention heads of the published widths. */
const publishedHeads: Record<number, number> = { 192: 3, 384: 6, 768: 12, 1024: 16 };

/** The keys of published checkpoints, the one to be scored first. */
const keys = ["teacher", "student", "state_dict", "model"];

/** What published backbones carry beside the tensors of their features: heads and mask tokens. */
const besideFeatures = new RegExp(
  "^(head|head_dist|fc|fc_norm|pre_logits|classifier|projector|predictor|" +
    "mask_token|masked_embed|decoder_\\w+)(\\.|$)",
);

/**
 * Finds the vision transformer in a file: under the keys and prefixes of Mugs, DINO, iBOT, DeiT and timm
 * (`teacher.`, `module.`, `backbone.`, `encoder.`, ...), or lying there alone; with a head or without;
 * its queries, keys and values fused or not. Its sizes are those of the shapes; the number of heads,
 * which shapes do not tell, is that of the configuration in the metadata, else that of the published
 * model of this width.
 *
 * @param name What to call the file in errors.
 * @throws {TypeError} If the file holds no vision transformer, or one with missing, unknown or misshapen
 * tensors.
 */
export function findBackbone(
  { tensors, metadata }: { tensors: Record<string, Located>; metadata: Record<string, string> },
  name: string,
  { key, heads, partial = false }: BackboneOptions = {},
): LocatedBackbone {
  const prefix = findPrefix(Object.keys(tensors), name, key);
  const network = fuseAttention(Object.fromEntries(
    Object.entries(tensors).filter(([path]) => path.startsWith(prefix))
      .map(([path, tensor]) => [path.slice(prefix.length), tensor]),
  ));
  const measured = measureVit(shapesOf(network), name);
  const sizes = { ...measured, heads: headsOf(measured.width, { heads, metadata, name }) };
  return { prefix, sizes, ...match(network, vitShapes(sizes), { name, partial }) };
}

/** What the names of the backbone begin with: under the key, or alone in the file. */
function findPrefix(paths: string[], name: string, key?: string): string {
  const mark = "patch_embed.proj.weight";
  const prefixes = paths.filter((path) => path === mark || path.endsWith(`.${mark}`))
    .map((path) => path.slice(0, -mark.length));
  if (!prefixes.length) {
    throw new TypeError(
      `Cannot use ${name}: it holds no vision transformer (there is no "${mark}"); ` +
        `take a checkpoint of Mugs, DINO, iBOT, DeiT or timm`,
    );
  }
  const below = (key: string) => prefixes.filter((prefix) => prefix.startsWith(`${key}.`));
  const candidates = key === undefined
    ? keys.map(below).find((below) => below.length) ?? prefixes
    : below(key);
  const [prefix, ...others] = candidates;
  if (prefix === undefined) {
    throw new TypeError(
      `Cannot use the ${key} of ${name}: it holds ${quoteNames(prefixes)} alone; ` +
        `--key names one of these, or is left out`,
    );
  }
  if (others.length === 0) return prefix;
  throw new TypeError(
    `Cannot use ${name}: it holds ${candidates.length} networks, ${quoteNames(candidates)}; ` +
      `--key chooses one`,
  );
}

/** The number of attention heads: as asked for, as the file says, or as published for the width. */
function headsOf(
  width: number,
  { heads, metadata, name }: { heads?: number; metadata: Record<string, string>; name: string },
): number {
  const count = heads ?? configuredHeads(metadata) ?? publishedHeads[width];
  if (!count) {
    throw new TypeError(
      `Cannot use ${name}: it does not say how many attention heads its network of width ${width} ` +
        `has; --heads does`,
    );
  }
  if (width % count === 0) return count;
  throw new TypeError(
    `Cannot use ${name}: ${count} attention heads do not divide width ${width}; ` +
      `--heads takes a divisor`,
  );
}

function configuredHeads(metadata: Record<string, string>): number | undefined {
  try {
    const { heads } = JSON.parse(metadata.config ?? "{}");
    return Number.isInteger(heads) && heads > 0 ? heads : undefined;
  } catch {
    return undefined;
  }
}

/** Which tensors of a network are there, missing and left over. */
function match(
  tensors: Record<string, Located>,
  expected: Shapes,
  { name, partial }: { name: string; partial: boolean },
): Pick<LocatedBackbone, "tensors" | "missing" | "leftOver"> {
  const shapes = shapesOf(tensors);
  const missing = without(expected, shapes);
  if (Object.keys(missing).length && !partial) {
    throw new TypeError(
      `Cannot use ${name}: its vision transformer lacks ${quoteNames(Object.keys(missing))} ` +
        `(--partial allows that)`,
    );
  }
  const leftOver = without(shapes, expected);
  const unknown = Object.keys(leftOver).filter((path) => !besideFeatures.test(path));
  if (unknown.length && !partial) {
    throw new TypeError(
      `Cannot use ${name}: no vision transformer here has ${quoteNames(unknown)} ` +
        `(--partial leaves them out)`,
    );
  }
  const matched = Object.keys(expected).flatMap((path) => {
    const tensor = Object.hasOwn(tensors, path) ? tensors[path] : undefined;
    return tensor ? [[path, tensor] as const] : [];
  });
  for (const [path, { shape }] of matched) {
    if (String(shape) === String(expected[path])) continue;
    throw new TypeError(
      `Cannot use ${name}: "${path}" has shape [${shape}] where the other tensors call for ` +
        `[${expected[path]}]`,
    );
  }
  return { tensors: Object.fromEntries(matched), missing, leftOver };
}

function shapesOf(tensors: Record<string, Located>): Shapes {
  return Object.fromEntries(Object.entries(tensors).map(([path, { shape }]) => [path, shape]));
}

/** The shapes whose names are not among others. */
function without(shapes: Shapes, others: Shapes): Shapes {
  const entries = Object.entries(shapes).filter(([path]) => !Object.hasOwn(others, path));
  return Object.fromEntries(entries);
}
