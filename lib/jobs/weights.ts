import type { Config } from "../configs/mod.ts";
import {
  type BackboneOptions,
  type Encoder,
  encoderOf,
  type EncoderOptions,
  readBackbone,
  type StoredBackbone,
  toParams,
} from "../models/mod.ts";
import { digestFile } from "../runs/mod.ts";
import { describeWeights } from "./describe_weights.ts";
import { type Observer, silent } from "./observer.ts";

/** The weights of a backbone as they lie in a checkpoint. */
export type Weights = {
  path: string;
  /** SHA-256 of the file. */
  fingerprint: string;
  /** The configuration in the checkpoint, or as much of one as the shapes tell. */
  config: Partial<Config> & StoredBackbone["sizes"];
  stored: StoredBackbone;
  /** How the network was chosen in the file, by which it is found again. */
  options: BackboneOptions;
};

/**
 * Opens a checkpoint, safetensors or PyTorch's, for its backbone.
 *
 * @param requested Fields of a configuration: a checkpoint of other sizes is refused.
 * @throws {Error} If the file is missing, damaged, holds no backbone, or one of other sizes.
 */
export async function openWeights(
  path: string,
  options: BackboneOptions,
  requested: Partial<Config> = {},
): Promise<Weights> {
  const named = requested.arch !== undefined && requested.arch !== "custom";
  const heads = named ? undefined : options.heads ?? requested.heads;
  const stored = withAdvice(() => readBackbone(path, { ...options, heads }));
  checkSizes(path, stored.sizes, requested);
  const known = configurationIn(stored.metadata.config);
  // The shapes of a residual network do not tell the size of its images.
  const { imageSize } = stored.sizes.resnet ? { ...stored.sizes, ...known } : stored.sizes;
  const config = { ...known, ...stored.sizes, imageSize };
  const fingerprint = await digestFile(path);
  return { path, stored, fingerprint, config, options: { ...options, heads } };
}

function checkSizes(
  path: string,
  sizes: StoredBackbone["sizes"],
  { preset, arch, ...requested }: Partial<Config>,
): void {
  for (const name of ["width", "depth", "patchSize", "mlpRatio"] as const) {
    if (requested[name] === undefined || requested[name] === sizes[name]) continue;
    const field = `\`${name}\` ${requested[name]}`;
    const request = preset !== undefined
      ? `\`preset\` ${preset} (${field})`
      : arch !== undefined && arch !== "custom"
      ? `\`arch\` ${arch} (${field})`
      : field;
    throw new Error(
      `Cannot use ${path} as ${request}: its network has ${words[name]} ${sizes[name]}; ` +
        "leave out the flag",
    );
  }
}

const words = {
  width: "width",
  depth: "depth",
  patchSize: "patch size",
  mlpRatio: "MLP ratio",
};

/** Says what to do about a file that is damaged, or no checkpoint. */
export function withAdvice<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const fitting = typeof error.cause === "string" ? error.cause : null;
    const message = `${error.message}; ${fitting ?? "fetch the file anew, or take another"}`;
    throw new SyntaxError(message, { cause: error });
  }
}

/** The weights as an encoder, after saying what they are. What is missing is as before training. */
export function toEncoder(
  { path, stored }: Weights,
  { observer = silent, ...options }: Pick<EncoderOptions, "name" | "precision" | "trained"> & {
    observer?: Observer;
  },
): Encoder {
  observer.tell(describeWeights(path, stored));
  const { heads, resnet } = stored.sizes;
  return encoderOf(toParams(stored), { ...options, heads, resnet });
}

function configurationIn(text: string | undefined): Partial<Config> {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return {};
  }
}
