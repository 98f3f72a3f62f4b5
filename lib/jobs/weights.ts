import { type Config, fields } from "../configs/mod.ts";
import type {
  BackboneOptions,
  LocatedBackbone,
  StoredBackbone,
  VitEncoder,
  VitEncoderOptions,
} from "../models/mod.ts";
import { type Flags, kebab, say } from "../cli/mod.ts";

/** The flags that say how a checkpoint is read. */
export const weightFlags = {
  key: {
    kind: "text",
    placeholder: "NAME",
    about: "Which network of the checkpoint [teacher, else student, state_dict, model]",
  },
  heads: { ...fields.heads, about: "Attention heads, where neither checkpoint nor width tells" },
  partial: { kind: "switch", about: "Take weights with tensors missing or without a place" },
} as const satisfies Flags;

/** How the command line says that a checkpoint is to be read. */
export function weightOptions(values: Record<string, unknown>): BackboneOptions {
  const { key, heads, partial } = values as BackboneOptions;
  return { key, heads, partial };
}

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
 * Opens a checkpoint, safetensors or PyTorch's, for its ViT.
 *
 * @param asked The fields that the command line names, or its preset: a checkpoint with other sizes is refused.
 * @throws {Error} If the file is missing, damaged, holds no ViT, or one of other sizes.
 */
export async function openWeights(
  path: string,
  options: BackboneOptions,
  asked: Partial<Config> = {},
): Promise<Weights> {
  const { readBackbone } = await import("../models/mod.ts");
  const { digestFile } = await import("../runs/mod.ts");
  const named = asked.arch !== undefined && asked.arch !== "custom";
  const heads = named ? undefined : options.heads ?? asked.heads;
  const stored = advised(() => readBackbone(path, { ...options, heads }));
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
      `Cannot use ${path} as ${asker}: its network has ${kebab(name)} ${
        sizes[name]
      }; leave out the flag`,
    );
  }
  const known = configuration(stored.metadata.config);
  return { path, stored, fingerprint: await digestFile(path), config: { ...known, ...sizes } };
}

/** Says what to do about a file that is damaged, or no checkpoint. */
export function advised<Found>(read: () => Found): Found {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new SyntaxError(`${error.message}; fetch the file anew, or take another`, {
      cause: error,
    });
  }
}

/** What was found in a checkpoint, in a sentence: the network, and its tensors by name and shape. */
export function described(
  path: string,
  { prefix, sizes, tensors, missing, leftOver }: Omit<LocatedBackbone, "tensors"> & {
    tensors: Record<string, unknown>;
  },
): string {
  const listed = (some: Record<string, number[]>) => {
    const all = Object.entries(some).map(([name, shape]) => `"${name}" [${shape}]`);
    const more = all.length > 3 ? ` and ${all.length - 3} more` : "";
    return `${all.length}: ${all.slice(0, 3).join(", ")}${more}`;
  };
  return [
    `${path}: ${
      prefix ? `"${prefix}*", ` : ""
    }a ViT of width ${sizes.width}, depth ${sizes.depth}, ` +
    `${sizes.heads} heads, patches of ${sizes.patchSize} for images of ${sizes.imageSize}`,
    `${Object.keys(tensors).length} tensors matched`,
    Object.keys(missing).length ? `missing ${listed(missing)}` : "none missing",
    Object.keys(leftOver).length ? `left over ${listed(leftOver)}` : "none left over",
  ].join("; ");
}

/** The weights as an encoder, after telling what they are. What is missing is as before training. */
export async function toEncoder(
  { path, stored }: Weights,
  options: Omit<VitEncoderOptions, "heads">,
): Promise<VitEncoder> {
  const { toParams, vitEncoder } = await import("../models/mod.ts");
  say(described(path, stored));
  return vitEncoder(toParams(stored), { ...options, heads: stored.sizes.heads });
}

function configuration(text: string | undefined): Partial<Config> {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return {};
  }
}
