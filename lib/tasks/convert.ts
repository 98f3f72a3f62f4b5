import {
  type CommandLine,
  headsFlag,
  off,
  print,
  task,
  userPath,
  weightFlags,
  type Work,
} from "../cli/mod.ts";
import { escapeControls } from "../images/mod.ts";

const flags = {
  ...weightFlags,
  ...headsFlag,
  head: off("Keep the classifier of a supervised network"),
  relationBlocks: off("Keep Mugs' relation blocks, which timm lacks"),
  fresh: off("Write over a file that is there"),
} as const;

const manual = {
  name: "convert",
  usage: "IN OUT.safetensors",
  about:
    "Writes the backbone of a checkpoint as safetensors, in float32 and under the names that " +
    "timm and the official program load; of a ViT: cls_token, pos_embed, " +
    "patch_embed.proj.weight, blocks.0.norm1.weight, ...",
  flags,
} as const;

async function prepare({ values, words, wording }: CommandLine<typeof flags>): Promise<Work> {
  const [path, out, ...rest] = words;
  if (path === undefined || out === undefined || rest.length > 0) {
    throw new TypeError(
      words.length > 0
        ? `convert takes two files, IN and OUT, not "${escapeControls(words.join(" "))}"`
        : "convert needs two files, IN and OUT",
    );
  }
  const jobs = await import("../jobs/mod.ts");
  const screen = new jobs.StandardError(wording);
  const paths = { path: userPath(path), out: userPath(out) };
  const job = await jobs.prepareConversion({ ...values, ...paths });
  return async () => {
    const tensors = await jobs.convert(job, { observer: screen });
    print(`${escapeControls(job.out)}: ${tensors} tensors\n`);
  };
}

if (import.meta.main) await task(manual, prepare);
