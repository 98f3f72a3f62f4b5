import { fuseAttention } from "./fuse_attention.ts";
import { names } from "./names.ts";
import type { Located } from "./safetensors.ts";
import { measure, shapes, type Sizes } from "./sizes.ts";

/** A vision transformer as it lies in a file. */
export type LocatedBackbone = {
  /** What its names begin with in the file, such as `teacher.backbone.`. */
  prefix: string;
  sizes: Sizes;
  /** Its tensors without the prefix, `blocks.0.attn.qkv.weight`. */
  tensors: Record<string, Located>;
  /** Names and shapes of those that the file lacks: none unless `partial` allows it. */
  missing: Record<string, number[]>;
  /** Names and shapes of what lies beside them and has no part in the features: heads. */
  leftOver: Record<string, number[]>;
};

/** How a backbone is chosen. */
export type BackboneOptions = {
  /**
   * What the names of the network begin with, such as `student`; by default the first of `teacher`, `student`,
   * `state_dict` and `model`, else the only one.
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

/** What published backbones carry beside the tensors of their features: heads, and the tokens of masked patches. */
const beside =
  /^(head|head_dist|fc|fc_norm|pre_logits|classifier|projector|predictor|mask_token|masked_embed|decoder_\w+)(\.|$)/;

/**
 * Finds the vision transformer in a file: under the keys and prefixes of Mugs, DINO, iBOT, DeiT and timm (`teacher.`,
 * `module.`, `backbone.`, `encoder.`, ...), or lying there alone; with a head or without; its queries, keys and values
 * fused or not. Architecture and patch size are those of the shapes; the number of heads, which shapes do not tell,
 * that of the configuration in the metadata, else that of the published model of this width.
 *
 * @param name What to call the file in errors.
 * @throws {TypeError} If the file holds no vision transformer, or one with missing, unknown or misshapen tensors.
 */
export function findBackbone(
  { tensors, metadata }: { tensors: Record<string, Located>; metadata: Record<string, string> },
  name: string,
  { key, heads, partial = false }: BackboneOptions = {},
): LocatedBackbone {
  const prefix = place(Object.keys(tensors), name, key);
  const own = fuseAttention(Object.fromEntries(
    Object.entries(tensors).filter(([path]) => path.startsWith(prefix))
      .map(([path, tensor]) => [path.slice(prefix.length), tensor]),
  ));
  const sizes = { ...measure(own, name), heads: 0 };
  sizes.heads = heads ?? configured(metadata) ?? publishedHeads[sizes.width];
  if (!sizes.heads) {
    throw new TypeError(
      `Cannot use ${name}: it does not say how many attention heads its network of width ${sizes.width} has; ` +
        `--heads does`,
    );
  }
  if (sizes.width % sizes.heads) {
    throw new TypeError(
      `Cannot use ${name}: ${sizes.heads} attention heads do not divide width ${sizes.width}; --heads takes a divisor`,
    );
  }
  return { prefix, sizes, ...match(own, shapes(sizes), { name, partial }) };
}

/** Where the backbone lies: under the key, or alone in the file. */
function place(paths: string[], name: string, key?: string): string {
  const mark = "patch_embed.proj.weight";
  const found = paths.filter((path) => path === mark || path.endsWith(`.${mark}`))
    .map((path) => path.slice(0, -mark.length));
  if (!found.length) {
    throw new TypeError(
      `Cannot use ${name}: it holds no vision transformer (there is no "${mark}"); take a checkpoint of Mugs, DINO, iBOT, DeiT or timm`,
    );
  }
  const below = (key: string) => found.filter((prefix) => prefix.startsWith(`${key}.`));
  const chosen = key === undefined
    ? keys.map(below).find((prefixes) => prefixes.length) ?? found
    : below(key);
  if (chosen.length === 1) return chosen[0];
  throw new TypeError(
    chosen.length
      ? `Cannot use ${name}: it holds ${chosen.length} networks, ${
        names(chosen)
      }; --key chooses one`
      : `Cannot use the ${key} of ${name}: it holds ${
        names(found)
      } alone; --key names one of these, or is left out`,
  );
}

/** Which tensors of a network are there, missing and left over. */
function match(
  tensors: Record<string, Located>,
  expected: Record<string, number[]>,
  { name, partial }: { name: string; partial: boolean },
): Pick<LocatedBackbone, "tensors" | "missing" | "leftOver"> {
  const shapesOf = (paths: string[], from: (path: string) => number[]) =>
    Object.fromEntries(paths.map((path) => [path, from(path)]));
  const missing = Object.keys(expected).filter((path) => !Object.hasOwn(tensors, path));
  if (missing.length && !partial) {
    throw new TypeError(
      `Cannot use ${name}: its vision transformer lacks ${names(missing)} (--partial allows that)`,
    );
  }
  const rest = Object.keys(tensors).filter((path) => !Object.hasOwn(expected, path));
  const unknown = rest.filter((path) => !beside.test(path));
  if (unknown.length && !partial) {
    throw new TypeError(
      `Cannot use ${name}: no vision transformer here has ${
        names(unknown)
      } (--partial leaves them out)`,
    );
  }
  const matched = Object.keys(expected).filter((path) => Object.hasOwn(tensors, path));
  for (const path of matched) {
    const [found, shape] = [tensors[path].shape, expected[path]];
    if (String(found) === String(shape)) continue;
    throw new TypeError(
      `Cannot use ${name}: "${path}" has shape [${found}] where the other tensors call for [${shape}]`,
    );
  }
  return {
    tensors: Object.fromEntries(matched.map((path) => [path, tensors[path]])),
    missing: shapesOf(missing, (path) => expected[path]),
    leftOver: shapesOf(rest, (path) => tensors[path].shape),
  };
}

function configured(metadata: Record<string, string>): number | undefined {
  try {
    const { heads } = JSON.parse(metadata.config ?? "{}");
    return Number.isInteger(heads) && heads > 0 ? heads : undefined;
  } catch {
    return undefined;
  }
}
