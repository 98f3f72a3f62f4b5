import type { Located, Stored, TensorFile } from "../checkpoint/mod.ts";
import type { LocatedBackbone } from "../models/mod.ts";
import {
  advised,
  checkFolderOf,
  described,
  userPath,
  weightFlags,
  weightOptions,
} from "../jobs/mod.ts";
import { type Given, print, say, task } from "../cli/mod.ts";

const manual = {
  usage: "convert IN OUT.safetensors",
  about:
    "Writes the ViT of a checkpoint as safetensors, under the names that timm and the original " +
    "load: float32, cls_token, pos_embed, patch_embed.proj.weight, blocks.0.norm1.weight, ...",
  flags: {
    ...weightFlags,
    head: { kind: "switch", about: "Keep the classifier of a supervised network" },
    "relation-blocks": { kind: "switch", about: "Keep Mugs' relation blocks, which timm lacks" },
    fresh: { kind: "switch", about: "Write over a file that is there" },
  },
  config: false,
} as const;

type Options = {
  path: string;
  out: string;
  file: TensorFile;
  found: LocatedBackbone;
  keep: { head: boolean; relationBlocks: boolean };
};

async function prepare({ words, values }: Given): Promise<Options> {
  if (words.length !== 2) {
    throw new TypeError(
      words.length
        ? `convert takes two files, IN and OUT, not "${words.join(" ")}"`
        : "convert needs two files, IN and OUT",
    );
  }
  const [path, out] = words.map(userPath);
  if (!out.endsWith(".safetensors")) {
    throw new TypeError(`Cannot write ${out}: what convert writes is named *.safetensors`);
  }
  await checkFolderOf(out);
  if (values.fresh !== true && await Deno.stat(out).then(() => true, () => false)) {
    throw new Error(`Cannot write ${out}: it is there already; --fresh writes over it`);
  }
  const keep = { head: values.head === true, relationBlocks: values["relation-blocks"] === true };
  const { openTensors } = await import("../checkpoint/mod.ts");
  const { findBackbone } = await import("../models/mod.ts");
  const file = advised(() => openTensors(path));
  const found = findBackbone(file, path, weightOptions(values));
  if (keep.head && !heads(file, found).length) {
    throw new Error(`Cannot keep the head of ${path}: it has no "head.weight"; leave out --head`);
  }
  return { path, out, file, found, keep };
}

/** The names of a classifier's tensors in a file, those that are there. */
function heads({ tensors }: TensorFile, { prefix }: LocatedBackbone): string[] {
  return ["head.weight", "head.bias"].filter((name) => tensors[prefix + name]);
}

async function run({ path, out, file, found, keep }: Options): Promise<void> {
  const { writeSafetensors } = await import("../checkpoint/mod.ts");
  using _ = file;
  say(described(path, found));
  const { prefix, sizes, tensors } = found;
  const chosen = Object.entries(tensors).filter(([name]) =>
    keep.relationBlocks || !name.startsWith("relation_blocks.")
  );
  if (keep.head) {
    for (const name of heads(file, found)) chosen.push([name, file.tensors[prefix + name]]);
  }
  const stored = chosen.map(([name, tensor]) => [name, asFloat32(tensor)]);
  await writeSafetensors(out, Object.fromEntries(stored), {
    format: "pt", // what PyTorch's libraries ask for
    config: JSON.stringify(sizes),
  });
  print(`${out}: ${stored.length} tensors\n`);
}

function asFloat32({ shape, read }: Located): Stored {
  const values = read();
  const data = values instanceof Float32Array
    ? values
    : Float32Array.from(values as Float64Array, Number);
  return { dtype: "F32", shape, data };
}

if (import.meta.main) await task(manual, prepare, run);
