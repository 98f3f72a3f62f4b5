import { dirname, join } from "node:path";
import { pickleParts } from "../../checkpoint/mod.ts";
import { architectures } from "./config.ts";

/** A file as far as it tells the number of attention heads. */
export type HeadsSource = {
  /** Of safetensors. */
  metadata: Record<string, string>;
  /** What a PyTorch file holds beside tensors. */
  root?: unknown;
  /** Where it lies: beside networks of transformers lies a `config.json`. */
  path?: string;
};

/** A number of attention heads, and whether nothing but the width speaks for it. */
export type Heads = { heads: number; headsAssumed: boolean };

/** What configurations call the number of attention heads. */
const fields = ["num_heads", "num_attention_heads", "n_heads", "n_head", "heads"];

/** Containers within containers that are searched, and values that are visited, at most. */
const MAX_DEPTH = 12, MAX_VISITS = 1e5;

/**
 * The number of attention heads, which no shape tells: as the file says in its metadata or in the
 * arguments of its program, or `config.json` beside it, or as a known layout has them; else as
 * published for the width.
 *
 * @param network Its width, and what its names begin with in the file.
 * @returns `undefined` where nothing tells it.
 */
export function headsOf(
  { metadata, root, path }: HeadsSource,
  { width, prefix }: { width: number; prefix: string },
): Heads | undefined {
  const known = configured(metadata) ?? inMoco(prefix, width) ?? configuredIn(root, width) ??
    ofArchitecture(root, width) ?? configuredBeside(path, width);
  if (known) return { heads: known, headsAssumed: false };
  const published = Object.values(architectures).find((sizes) => sizes.width === width)?.heads;
  return published && { heads: published, headsAssumed: true };
}

/**
 * The number of attention heads in the configuration of a network, within its file or beside it,
 * which leaves nothing to choose.
 */
export function statedHeads({ metadata, path }: HeadsSource, width: number): number | undefined {
  return configured(metadata) ?? configuredBeside(path, width);
}

function configured(metadata: Record<string, string>): number | undefined {
  try {
    const { heads } = JSON.parse(metadata.config ?? "{}");
    return Number.isInteger(heads) && heads > 0 ? heads : undefined;
  } catch {
    return undefined;
  }
}

/** The ViT-S of MoCo-v3 has 12 heads (Chen et al. 2021, table 1; its official vits.py). */
function inMoco(prefix: string, width: number): number | undefined {
  const encoder = /(^|\.)(base|momentum)_encoder\.$/.test(prefix);
  return encoder && width === 384 ? 12 : undefined;
}

/** The only number that is called so in what a file holds beside tensors, and fits the width. */
function configuredIn(root: unknown, width: number): number | undefined {
  const counts = new Set<number>();
  const visited = new Set<unknown>();
  const visit = (value: unknown, depth: number) => {
    if (depth > MAX_DEPTH || visited.size > MAX_VISITS || visited.has(value)) return;
    if (typeof value === "object") visited.add(value);
    for (const [key, inner] of pickleParts(value)) {
      const count = fields.includes(String(key)) ? wholeOf(inner) : undefined;
      if (count && width % count === 0) counts.add(count);
      visit(inner, depth + 1);
    }
  };
  visit(root, 0);
  const [count, ...others] = counts;
  return others.length ? undefined : count;
}

/** The number in the `config.json` of transformers, if it is that of a network of this width. */
function configuredBeside(path: string | undefined, width: number): number | undefined {
  if (path === undefined) return undefined;
  try {
    const config = JSON.parse(Deno.readTextFileSync(join(dirname(path), "config.json")));
    return config.hidden_size === width ? wholeOf(config.num_attention_heads) : undefined;
  } catch {
    return undefined; // there is none, or it is no JSON
  }
}

/** A whole number, or that in a node of OmegaConf. */
function wholeOf(value: unknown): number | undefined {
  const [, whole] = pickleParts(value).find(([key]) => key === "_val") ?? [null, value];
  return Number.isInteger(whole) && (whole as number) > 0 ? whole as number : undefined;
}

/** The heads of the architecture that the arguments of DINO, iBOT and Mugs name. */
function ofArchitecture(root: unknown, width: number): number | undefined {
  const args = root instanceof Map ? root.get("args") : undefined;
  const arch = args instanceof Map ? args.get("arch") : undefined;
  const sizes = Object.entries(architectures).find(([name]) => name === arch)?.[1];
  return sizes?.width === width ? sizes.heads : undefined;
}
