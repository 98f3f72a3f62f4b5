import {
  type Located,
  openTensors,
  readTensor,
  type Stored,
  type TensorFile,
  writeSafetensors,
} from "../checkpoint/mod.ts";
import { escapeControls } from "../images/mod.ts";
import { type BackboneOptions, findBackbone, type LocatedBackbone } from "../models/mod.ts";
import { writingTo } from "../runs/mod.ts";
import { describeWeights } from "./describe_weights.ts";
import { checkFile } from "./destination.ts";
import { type JobOptions, silent } from "./observer.ts";
import { withAdvice } from "./weights.ts";

/** What is converted, and how. */
export type ConvertRequest = BackboneOptions & {
  /** The checkpoint to read. */
  path: string;
  /** The file to write. */
  out: string;
  /** Whether the classifier of a supervised network is kept. */
  head?: boolean;
  /** Whether Mugs' relation blocks are kept, which timm lacks. */
  relationBlocks?: boolean;
  /** Whether a file that is there is replaced. */
  fresh?: boolean;
};

/** A checkpoint that was opened and can be converted. */
export type ConvertJob = {
  path: string;
  out: string;
  file: TensorFile;
  backbone: LocatedBackbone;
  head: boolean;
  relationBlocks: boolean;
};

/**
 * Opens a checkpoint to be converted.
 *
 * @throws {Error} If it cannot be read, or the file not be written: why, and what to do.
 */
export async function prepareConversion(
  { path, out, head = false, relationBlocks = false, fresh = false, ...options }: ConvertRequest,
): Promise<ConvertJob> {
  if (!out.endsWith(".safetensors")) {
    throw new TypeError(
      `Cannot write ${escapeControls(out)}: what convert writes is named *.safetensors`,
    );
  }
  await checkFile(out, { fresh, inputs: [path] });
  const file = withAdvice(() => openTensors(path));
  const backbone = findBackbone(file, path, options);
  if (head && headNames(file, backbone).length === 0) {
    throw new Error(
      `Cannot keep the head of ${
        escapeControls(path)
      }: it has no "head.weight"; leave out \`head\``,
    );
  }
  return { path, out, file, backbone, head, relationBlocks };
}

/** The names of a classifier's tensors in a file, those that are there. */
function headNames({ tensors }: TensorFile, { prefix }: LocatedBackbone): string[] {
  return ["head", "fc"].flatMap((layer) => [`${layer}.weight`, `${layer}.bias`])
    .filter((name) => tensors[prefix + name]);
}

/**
 * Writes the backbone of a checkpoint as float32 under the names that timm and the official program
 * load.
 *
 * @returns The number of tensors.
 */
export async function convert(
  { path, out, file, backbone, head, relationBlocks }: ConvertJob,
  { observer = silent }: JobOptions = {},
): Promise<number> {
  using _ = file;
  observer.tell(describeWeights(path, backbone));
  const { prefix, tensors } = backbone;
  const located = Object.entries(tensors).filter(([name]) =>
    relationBlocks || !name.startsWith("relation_blocks.")
  );
  const leftOut = Object.keys(tensors).length - located.length;
  if (leftOut > 0) {
    observer.tell(
      `${leftOut} tensors of relation blocks, which timm lacks, are left out: ` +
        "`relationBlocks` keeps them",
    );
  }
  if (head) {
    for (const name of headNames(file, backbone)) {
      located.push([name, file.tensors[prefix + name]!]);
    }
  }
  const stored = withAdvice(() => located.map(([name, tensor]) => [name, asFloat32(tensor)]));
  const config = { ...knownSizes(backbone), ...!relationBlocks && { relationBlocks: 0 } };
  const metadata = {
    format: "pt", // what PyTorch's libraries ask for
    config: JSON.stringify(config),
  };
  await writingTo(out, () => writeSafetensors(out, Object.fromEntries(stored), metadata));
  return stored.length;
}

/** The sizes without the number of heads where that is assumed: it stays so in what is written. */
function knownSizes({ sizes, headsAssumed }: LocatedBackbone): object {
  const { heads, ...rest } = sizes;
  return headsAssumed ? rest : { ...rest, heads };
}

/** Floating-point numbers as float32; whole ones, which count batches, as they are. */
function asFloat32(located: Located): Stored {
  const stored = readTensor(located);
  const { dtype, shape, data } = stored;
  if (!/F/.test(dtype)) return stored;
  const values = data instanceof Float32Array ? data : Float32Array.from(data as Float64Array);
  return { dtype: "F32", shape, data: values };
}
